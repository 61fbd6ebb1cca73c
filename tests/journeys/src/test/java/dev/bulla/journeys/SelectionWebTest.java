package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.Landing;
import dev.bulla.web.WebResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The questions after a consent, by the API. */
class SelectionWebTest {
    private final World world = new World();
    private final Pages pages = new Pages(world, "a1", "a2");

    @AfterEach
    void close() {
        world.close();
        pages.close();
    }

    private static String json(String ticket, String rest) {
        return "{\"ticket\":\"" + ticket + "\"," + rest + "}";
    }

    @Test
    void pageIsListedAndChosen() {
        pages.connectable(pages.one());
        Front front = new Front(world, "alice");
        front.connect("pages", "anna");
        String first = ((Landing.Choosing) front.landed.outcome()).ticket();
        choose(front, first);

        WebResponse again = front.post("connections/pages/selection", "{}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(Front.text(again, "outcome")).isEqualTo("CHOOSING");
        assertThat(again.body()).contains("\"steps\":[{\"id\":\"page\",\"label\":\"Page\",\"least\":1,\"most\":1");
        choose(front, Front.text(again, "ticket"));
        assertThat(front.get("connections/pages").body()).contains("\"identity\":\"Shop\"", "\"choice\":true");
    }

    private static void choose(Front front, String ticket) {
        WebResponse options = front.post("selection/options", json(ticket, "\"step\":\"page\""));
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.body())
                .isEqualTo("{\"options\":[{\"id\":\"a1\",\"name\":\"Page a1\",\"opens\":false},"
                        + "{\"id\":\"a2\",\"name\":\"Page a2\",\"opens\":false}]}");

        WebResponse refused = front.post(
                "selection/choose", json(ticket, "\"choices\":{\"page\":[{\"id\":\"a1\"},{\"id\":\"a2\"}]}"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(Front.text(refused, "code")).isEqualTo("SELECTION_TOO_MANY");

        WebResponse chosen = front.post(
                "selection/choose", json(ticket, "\"choices\":{\"page\":[{\"id\":\"a2\",\"name\":\"Shop\"}]}"));
        assertThat(chosen.status()).isEqualTo(200);
        assertThat(chosen.body()).contains("\"outcome\":\"CONNECTED\"", "\"ready\":true", "\"identity\":\"Shop\"");

        WebResponse used = front.post("selection/options", json(ticket, "\"step\":\"page\""));
        WebResponse foreign = front.as("bob", false).post("selection/options", json(ticket, "\"step\":\"page\""));
        assertThat(Front.text(used, "code")).isEqualTo("SESSION_EXPIRED");
        WebResponse unknown = front.post("selection/options", json("nobodys", "\"step\":\"page\""));
        assertThat(foreign).isEqualTo(unknown);
        front.as("alice", false);
    }

    @Test
    void anotherIdentityIsKeptOrRefused() {
        world.connection("notes");
        Front front = new Front(world, "alice");
        front.connect("notes", "anna");
        front.connect("notes", "ben");
        String declined = ((Landing.IdentityDiffers) front.landed.outcome()).ticket();
        WebResponse no = front.post("identity", json(declined, "\"accept\":false"));
        assertThat(no.status()).isEqualTo(409);
        assertThat(Front.text(no, "code")).isEqualTo("AUTHORIZATION_DENIED");
        assertThat(front.get("connections/notes").body()).contains("Anna Example");

        front.connect("notes", "ben");
        String accepted = ((Landing.IdentityDiffers) front.landed.outcome()).ticket();
        assertThat(front.as("bob", false)
                        .post("identity", json(accepted, "\"accept\":true"))
                        .status())
                .isEqualTo(409);
        WebResponse yes = front.as("alice", false).post("identity", json(accepted, "\"accept\":true"));
        assertThat(yes.status()).isEqualTo(200);
        assertThat(Front.text(yes, "account", "identity")).isEqualTo("Ben Example");
    }

    @Test
    void whatIsMissingIsTold() {
        Front front = new Front(world, "alice");
        for (String body : new String[] {"{}", "{\"ticket\":\"x\"}", "{\"ticket\":1,\"step\":\"page\"}"}) {
            assertThat(front.post("selection/options", body).status()).as(body).isEqualTo(400);
        }
        assertThat(front.post("identity", "{\"ticket\":\"x\",\"accept\":\"yes\"}")
                        .status())
                .isEqualTo(400);
        assertThat(front.post("selection/choose", json("x", "\"choices\":{\"page\":[1]}"))
                        .status())
                .isEqualTo(400);
    }
}
