package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.bulla.Entities;
import dev.bulla.Session;
import dev.bulla.limit.RateLimits;
import dev.bulla.model.Entity;
import dev.bulla.model.Harvested;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.Provider;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is kept of the things that a service lists: as it answers in its documentation, over the whole library. */
final class ThingSteps {
    private final Provider provider;
    private final Transcript transcript;

    ThingSteps(Rehearsal rehearsal) {
        this.provider = rehearsal.stage().provider();
        this.transcript = rehearsal.transcript();
    }

    void run() {
        FakeService service =
                FakeService.speaking(provider).on(call -> call.purpose() == HttpCall.Purpose.API, this::answer);
        try (TestBulla test =
                TestBulla.inMemory(setup -> setup.baseline(Baseline.open()).rateLimits(RateLimits.none()), service)) {
            test.connect("acme", "mia", provider.id());
            Session session = test.bulla().tenant("acme").member("mia").session();
            Harvested harvested = session.harvest(provider.id());
            assertThat(harvested.failed()).isEmpty();
            assertThat(harvested.next()).isNull();
            compare(test.bulla().tenant("acme").connections().entities(provider.id()));
        }
    }

    private void compare(Entities entities) {
        Map<String, List<String>> kept = new TreeMap<>();
        entities.kinds()
                .forEach(kind -> kept.put(
                        kind.name(),
                        entities.list(kind.name()).entities().stream()
                                .map(ThingSteps::line)
                                .toList()));
        Map<String, List<String>> documented = transcript.objects("things").stream()
                .collect(Collectors.groupingBy(
                        one -> one.text("kind").orElseThrow(),
                        TreeMap::new,
                        Collectors.mapping(ThingSteps::line, Collectors.toList())));
        assertThat(kept).isEqualTo(documented);
    }

    private static String line(Entity entity) {
        return line(entity.id(), entity.name(), entity.attributes());
    }

    private static String line(Json documented) {
        Map<String, Set<String>> attributes = new TreeMap<>();
        documented
                .object("attributes")
                .orElseThrow()
                .names()
                .forEach(name -> attributes.put(
                        name,
                        documented.every("attributes." + name + ".*").stream()
                                .map(Object::toString)
                                .collect(Collectors.toSet())));
        return line(documented.text("id").orElseThrow(), documented.text("name").orElseThrow(), attributes);
    }

    private static String line(String id, String name, Map<String, Set<String>> attributes) {
        Map<String, Object> sorted = new TreeMap<>();
        attributes.forEach(
                (key, values) -> sorted.put(key, values.stream().sorted().toList()));
        return id + " " + name + " " + sorted;
    }

    /** Each answer is given to the request in which its mark stands. */
    private HttpAnswer answer(HttpCall call) {
        byte[] body = call.body();
        String asked = URLDecoder.decode(call.uri().toString(), StandardCharsets.UTF_8)
                + (body == null ? "" : new String(body, StandardCharsets.UTF_8));
        return transcript.objects("answers").stream()
                .filter(one -> asked.contains(one.text("to").orElseThrow()))
                .findFirst()
                .map(one -> FakeService.json(200, text(one)))
                .orElseThrow(() -> new AssertionError("nobody documented an answer to this request"));
    }

    private static String text(Json one) {
        Object answer = one.every("answer").get(0);
        String whole = JSONObjectUtils.toJSONString(Map.of("answer", answer));
        return whole.substring("{\"answer\":".length(), whole.length() - 1);
    }
}
