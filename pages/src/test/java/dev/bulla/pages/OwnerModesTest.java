package dev.bulla.pages;

import static dev.bulla.pages.OwnerDesk.TENANT;
import static dev.bulla.pages.OwnerDesk.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.key.HostKeyring;
import dev.bulla.model.Settings;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Provider.ManagedApp;
import dev.bulla.provider.Secret;
import dev.bulla.providers.github.GitHub;
import dev.bulla.providers.standard.SendGrid;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.store.InMemoryStore;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** The page of a connection changes with how its accounts are authorised, and says what stands in the way. */
class OwnerModesTest {
    @Test
    void anAppOfTheHostIsNotAskedFor() {
        Provider managed = GitHub.create().managedBy(new ManagedApp("our-app", "host-id", Secret.of("host-secret")));
        try (OwnerDesk desk = new OwnerDesk(FakeService.speaking(managed))) {
            Document details = desk.get("/owner/new?provider=github");
            assertThat(details.select("input[name=mode]").eachAttr("value"))
                    .containsExactly("MANAGED_APP", "OWN_APP", "FORM");
            assertThat(details.select("input[checked]").val()).isEqualTo("MANAGED_APP");
            Document page = desk.follow(desk.submit(details, "/owner/new"));
            assertThat(page.select("input[name=group]").eachAttr("value")).containsExactly("consent");
            assertThat(page.getElementById("redirect-uri")).isNull();
            assertThat(page.text()).contains("The app of this host").doesNotContain("host-id", "host-secret");
            assertThat(page.select("section[aria-labelledby=standing] .good")).isNotEmpty();
        }
    }

    @Test
    void aFormIsForMembersAndACredentialOfTheHostForEverybody() {
        try (OwnerDesk desk = new OwnerDesk(FakeService.speaking(SendGrid.create()))) {
            desk.owner().create("mail", "sendgrid", Mode.FORM);
            desk.owner().create("shared", "sendgrid", Mode.HOST_CREDENTIAL);
            Document form = desk.connection("mail");
            assertThat(form.getElementById("redirect-uri")).isNull();
            assertThat(form.select("#accounts")).isNotEmpty();
            assertThat(form.select("details.guide h3").eachText()).contains("Get the key");
            Document shared = desk.connection("shared");
            assertThat(shared.select("#accounts")).isEmpty();
            assertThat(shared.select("input[type=password]")).isEmpty();
        }
    }

    @Test
    void whatStandsInTheWayComesInOrderWithTheWayToIt() {
        try (OwnerDesk desk = new OwnerDesk(FakeService.speaking(GitHub.create()))) {
            desk.owner().create("notes", "github");
            desk.owner().disable("notes");
            Document page = desk.connection("notes");
            Element first = page.select("ol.obstacles li").first();
            assertThat(first.select("a").eachAttr("href")).containsExactly("#actions");
            Element second = page.select("ol.obstacles li").get(1);
            assertThat(second.select("a").eachAttr("href"))
                    .containsExactly("#app-clientId", "#app-clientSecret", "#settings");
            assertThat(second.text()).contains("You", "Client ID, Client secret.");
            assertThat(page.getElementById("settings")).isNotNull();
            assertThat(page.getElementById("actions")).isNotNull();
            assertThat(page.text()).doesNotContain("Nothing: members can use");
            desk.owner().enable("notes");
            desk.submit(group(page, "app"), "field.clientId", "id", "field.clientSecret", "secret");
            assertThat(desk.connection("notes").select("ol.obstacles")).isEmpty();
            assertThat(desk.connection("notes").select(".good").text()).contains("Nothing: members can use");
            desk.world.connect(TENANT, "alice", "notes");
            desk.owner().askToReconnect("notes");
            assertThat(desk.connection("notes").select("ul.obstacles li").text())
                    .contains("One account:");
        }
    }

    @Test
    void aConnectionWhoseServiceIsGoneCanStillBeSeenAndDeleted() {
        InMemoryStore store = InMemoryStore.create();
        HostKeyring keys = HostKeyring.ephemeral();
        try (OwnerDesk before =
                new OwnerDesk(setup -> setup.store(store).hostKeys(keys), FakeService.speaking(SendGrid.create()))) {
            before.owner().create("mail", "sendgrid");
            before.owner().save("mail", Settings.none().required(true));
        }
        try (OwnerDesk desk =
                new OwnerDesk(setup -> setup.store(store).hostKeys(keys), FakeService.speaking(GitHub.create()))) {
            assertThat(desk.get("/owner").select("section li").text())
                    .contains("mail", "no longer offers this service");
            assertThat(desk.connection("mail").text()).contains("no longer offers this service");
            desk.submit(desk.get("/owner/connection/delete?name=mail"), "/owner/connection/delete");
            assertThat(desk.owner().list()).isEmpty();
        }
    }
}
