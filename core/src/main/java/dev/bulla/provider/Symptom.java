package dev.bulla.provider;

import dev.bulla.error.Actor;
import dev.bulla.error.Obstacle;
import dev.bulla.error.Place;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thing that goes wrong at a service, as its walkthrough lists it (see {@link Documentation#walkthrough(java.util.function.Supplier)}).
 * Immutable.
 *
 * @param code stable within the provider: lower-case letters, digits and underscores
 * @param sights how it shows itself; any of them
 * @param seen what a person sees
 * @param why what is the matter
 * @param actor who can put it right
 * @param place where
 * @param page the address of that place, where it is a page of the service and known
 * @param remedy what helps
 */
public record Symptom(
        String code,
        List<Sight> sights,
        String seen,
        String why,
        Actor actor,
        Place place,
        Optional<URI> page,
        String remedy) {
    private static final Logger LOG = LoggerFactory.getLogger(Symptom.class);

    public Symptom {
        sights = List.copyOf(sights);
    }

    /** Whether it is this answer of the API that shows it. */
    public boolean isIn(HttpAnswer answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        return sights.stream().anyMatch(sight -> sight.isIn(answer, text));
    }

    /**
     * Whether it shows in this way.
     *
     * @param other not {@link Sight.Kind#ANSWER}
     * @param error the error code of the callback or the refusal
     */
    public boolean shows(Sight.Kind other, String error) {
        return sights.stream().anyMatch(sight -> sight.is(other, error));
    }

    /** Whether it is a value that is not of the form that it must have: seen before the service is asked. */
    public boolean isOfForm() {
        return sights.stream()
                .anyMatch(sight ->
                        sight.kind() == Sight.Kind.REFUSED && sight.words().contains("form"));
    }

    /** Those of a provider; none where its walkthrough can not be read, because who asks has trouble already. */
    public static List<Symptom> of(Provider provider) {
        try {
            return provider.documentation().symptoms();
        } catch (RuntimeException e) {
            LOG.warn(
                    "the symptoms of provider '{}' can not be read: {}",
                    provider.id(),
                    e.getClass().getName());
            return List.of();
        }
    }

    /** What a provider knows of an answer of its service's API: the first of its symptoms that the answer shows. */
    public static Optional<Symptom> in(Provider provider, HttpAnswer answer) {
        return of(provider).stream().filter(symptom -> symptom.isIn(answer)).findFirst();
    }

    /** The same in words for people. Its code begins with the provider's id: {@code acme.app_removed}. */
    public Obstacle obstacle(Provider provider) {
        Obstacle obstacle =
                Obstacle.of(provider.id() + "." + code, sentence(why) + " " + sentence(remedy), actor, place);
        return page.map(obstacle::at).orElse(obstacle);
    }

    private static String sentence(String words) {
        String plain = words.replace("`", "").replace("*", "");
        return Character.toUpperCase(plain.charAt(0)) + plain.substring(1) + (plain.endsWith(".") ? "" : ".");
    }
}
