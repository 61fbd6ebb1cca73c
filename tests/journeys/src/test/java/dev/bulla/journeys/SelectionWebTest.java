package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.Landing;
import dev.bulla.web.WebResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Choosing by the routes of a host. */
class SelectionWebTest {
    private final World world = new World();
    private final Pages pages = new Pages(world, "a1", "a2");

    @AfterEach
    void close() {
        world.close();
        pages.close();
    }

    @Test
    void pageIsListedAndChosen() {
        pages.connectable(pages.one());
        Landing.Choosing choosing =
                (Landing.Choosing) world.connect("alice", "pages", "anna").outcome();
        CanaryWeb web = new CanaryWeb(world);
        Map<String, List<String>> asked = Map.of("ticket", List.of(choosing.ticket()), "step", List.of("page"));

        WebResponse options = web.send("POST", "/options", "", "", asked);
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.body())
                .isEqualTo("{\"options\":[{\"id\":\"a1\",\"name\":\"Page a1\",\"opens\":false},"
                        + "{\"id\":\"a2\",\"name\":\"Page a2\",\"opens\":false}]}");

        WebResponse refused = web.send(
                "POST",
                "/choose",
                "",
                "",
                Map.of("ticket", List.of(choosing.ticket()), "chosen.page", List.of("a1", "a2")));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("\"error\":\"selection_too_many\"", "exactly one");

        WebResponse chosen = web.send(
                "POST",
                "/choose",
                "",
                "",
                Map.of(
                        "ticket", List.of(choosing.ticket()),
                        "chosen.page", List.of("a2"),
                        "name.page", List.of("Shop")));
        assertThat(chosen.status()).isEqualTo(200);
        assertThat(chosen.body()).contains("\"ready\":true", "\"identity\":\"Shop\"");

        assertThat(web.send("POST", "/options", "", "", asked).status()).isEqualTo(409);
        assertThat(web.send("POST", "/options", "", "", Map.of()).status()).isEqualTo(400);
        assertThat(web.send("GET", "/choose", "", "", Map.of()).status()).isEqualTo(405);
    }
}
