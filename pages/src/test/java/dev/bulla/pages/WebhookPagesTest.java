package dev.bulla.pages;

import static dev.bulla.pages.OwnerDesk.at;
import static dev.bulla.pages.OwnerDesk.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.Settings;
import dev.bulla.providers.github.GitHub;
import dev.bulla.providers.google.Google;
import dev.bulla.testkit.FakeService;
import dev.bulla.web.WebResponse;
import java.nio.charset.StandardCharsets;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookPagesTest {
    private final FakeService code = FakeService.speaking(GitHub.create());
    private final OwnerDesk desk = new OwnerDesk(code, FakeService.speaking(Google.create()));

    @BeforeEach
    void create() {
        desk.owner().create("code", "github");
        desk.owner().save("code", Settings.clientId("app").clientSecret("secret"));
        desk.owner().create("other", "google");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private Document webhook() {
        return desk.get(at("/owner/webhook", "name", "code"));
    }

    private static Element step(Document page, String step) {
        return page.select("form:has(button[value=" + step + "])").first();
    }

    @Test
    void anAddressIsMadeAndASecretShownOnce() {
        assertThat(desk.connection("code").select("#governance ~ ul").text()).contains("Webhooks");
        Document open = desk.follow(desk.submit(step(webhook(), "open")));
        assertThat(open.select("#address").val()).startsWith("https://").contains("/hooks/");
        assertThat(open.text()).contains("Waits for a secret");
        WebResponse made = desk.submit(step(open, "generate"));
        String secret = page(made).select("#made").text();
        assertThat(secret.length()).isGreaterThan(20);
        assertThat(webhook().outerHtml()).doesNotContain(secret).contains("Ready");
        desk.submit(step(webhook(), "generate"));
        Document rotating = webhook();
        assertThat(rotating.text()).contains("with a former secret");
        assertThat(desk.follow(desk.submit(step(rotating, "drop"))).text()).doesNotContain("with a former secret");
        assertThat(desk.follow(desk.submit(step(webhook(), "remove"))).select("#address"))
                .isEmpty();
    }

    @Test
    void aSecretIsTypedInAndNeverShown() {
        Document open = desk.follow(desk.submit(step(webhook(), "open")));
        Element form = open.select("form:has(input[name=secret])").first();
        assertThat(desk.submit(form, "secret", "").status()).isEqualTo(422);
        Document saved = desk.follow(desk.submit(form, "secret", "a-secret-of-the-owner-1234567890"));
        assertThat(saved.outerHtml()).contains("Ready").doesNotContain("a-secret-of-the-owner");
    }

    @Test
    void theAddressIsRegisteredWithAnAccountOfTheOwners() {
        desk.follow(desk.submit(step(webhook(), "open")));
        assertThat(webhook().select("section[aria-labelledby=service-title]").text())
                .contains("an account of your own on this connection, and you have none");
        desk.world.connect(OwnerDesk.TENANT, "olga", "code");
        Element form = webhook().select("form:has(input[value=register])").first();
        assertThat(desk.submit(form, "value.owner", "octo").status())
                .as("without a repository")
                .isEqualTo(422);
        code.on(
                call -> call.uri().getPath().equals("/repos/octo/hello/hooks"),
                call -> FakeService.json(201, "{\"id\":4711}"));
        Document registered =
                desk.follow(desk.submit(form, "value.owner", "octo", "value.repo", "hello", "events", "push, ping"));
        assertThat(registered.text()).contains("Registered from here", "Ready");
        assertThat(registered.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        String body = new String(code.calls().get(code.calls().size() - 1).body(), StandardCharsets.UTF_8);
        assertThat(body).contains("\"events\":[\"push\",\"ping\"]");
        code.on(
                call -> call.uri().getPath().equals("/repos/octo/hello/hooks/4711"),
                call -> FakeService.json(200, "{}"));
        Element end = registered.select("form:has(input[value=unregister])").first();
        assertThat(desk.follow(desk.submit(end)).text()).doesNotContain("Registered from here");
    }

    @Test
    void aServiceThatSignsNothingSaysSo() {
        assertThat(desk.connection("other").select("#governance ~ ul").text()).doesNotContain("Webhooks");
        assertThat(desk.get(at("/owner/webhook", "name", "other")).text()).contains("Nothing is known");
    }
}
