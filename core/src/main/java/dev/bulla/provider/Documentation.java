package dev.bulla.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the facts of a provider come from, and what people should know who set it up. Immutable.
 *
 * @param sources the vendor's pages
 * @param unconfirmed what those pages leave open, a sentence each
 * @param rateLimit how much the API takes, in words, where the vendor says
 * @param guide opens a text beside the provider's class
 */
public record Documentation(
        List<Source> sources,
        List<String> unconfirmed,
        Optional<String> rateLimit,
        @Nullable Supplier<@Nullable InputStream> guide) {
    /**
     * A page of a vendor.
     *
     * @param url where it is
     * @param read the day on which it was read
     */
    public record Source(URI url, LocalDate read) {}

    static final Documentation NONE = new Documentation(List.of(), List.of(), Optional.empty(), null);

    public Documentation {
        sources = List.copyOf(sources);
        unconfirmed = List.copyOf(unconfirmed);
    }

    /** @param day on which the pages were read: {@code 2026-11-21} */
    public static Documentation read(String day, String... pages) {
        return NONE.andRead(day, pages);
    }

    /** The same with pages of another day. */
    public Documentation andRead(String day, String... pages) {
        List<Source> more = new ArrayList<>(sources);
        for (String page : pages) {
            more.add(new Source(URI.create(page), LocalDate.parse(day)));
        }
        return new Documentation(more, unconfirmed, rateLimit, guide);
    }

    public Documentation unconfirmed(String... sentences) {
        return new Documentation(sources, List.of(sentences), rateLimit, guide);
    }

    public Documentation rateLimit(String inWords) {
        return new Documentation(sources, unconfirmed, Optional.of(inWords), guide);
    }

    /**
     * How an owner sets a connection up at the service, and what goes wrong there: Markdown. Its table with the columns {@code Code},
     * {@code Told by} and {@code Where} before {@code What you see}, {@code Why}, {@code Who} and {@code What to do} is data as well: see
     * {@link #symptoms()}.
     *
     * @param text {@code () -> Acme.class.getResourceAsStream("acme.md")}: the provider's own class asks for it, because a module shows its
     *     resources to nobody else
     */
    public Documentation walkthrough(Supplier<@Nullable InputStream> text) {
        return new Documentation(sources, unconfirmed, rateLimit, text);
    }

    /**
     * The walkthrough, read anew at each call; empty where there is none.
     *
     * @throws UncheckedIOException where it can not be read
     */
    public Optional<String> walkthrough() {
        return text().map(SymptomTable::plain);
    }

    /**
     * What goes wrong at the service, in the order of the walkthrough's table: where several are told by the same, the first one is meant.
     * Read anew at each call.
     *
     * @throws UncheckedIOException where the walkthrough can not be read
     */
    public List<Symptom> symptoms() {
        return text().map(SymptomTable::read).orElse(List.of());
    }

    private Optional<String> text() {
        if (guide == null) {
            return Optional.empty();
        }
        try (InputStream text = guide.get()) {
            if (text == null) {
                throw new IOException("the walkthrough is not there");
            }
            return Optional.of(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
