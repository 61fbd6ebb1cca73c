package dev.bulla.pages;

import static dev.bulla.pages.OwnerDesk.TENANT;
import static dev.bulla.pages.OwnerDesk.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Reason;
import dev.bulla.model.Settings;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.Secret;
import dev.bulla.providers.github.GitHub;
import dev.bulla.providers.google.Google;
import dev.bulla.testkit.FakeService;
import dev.bulla.web.WebResponse;
import java.time.Duration;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnerAccountsTest {
    private final OwnerDesk desk = new OwnerDesk(
            setup -> setup.baseline(Baseline.open()),
            FakeService.speaking(GitHub.create()),
            FakeService.speaking(Google.create()));

    @BeforeEach
    void configure() {
        desk.owner().create("notes", "github");
        desk.owner().save("notes", Settings.clientId("first-app").clientSecret("first-secret"));
        desk.world.connect(TENANT, "alice", "notes", "anna-at-github");
        desk.world.connect(TENANT, "bob", "notes");
        desk.world.bulla().tenant(TENANT).member("bob").disconnect("notes");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private ConnectedAccount account(String member) {
        return desk.owner().accounts("notes").all().stream()
                .filter(account -> account.member().equals(member))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void accountsAreListedWithoutSecrets() {
        desk.world.advance(Duration.ofMinutes(1));
        Secret token;
        try (var session = desk.world.bulla().tenant(TENANT).member("alice").session()) {
            token = session.tokenForSdk("notes");
        }
        Document page = desk.get("/owner/accounts?name=notes");
        Element table = page.select("table").first();
        assertThat(table.select("caption").text()).isEqualTo("Accounts of notes");
        assertThat(table.select("thead th").eachText())
                .containsExactly("Member", "Identity", "Status", "Connected", "Last used", "Token ends", "Sealed to");
        assertThat(table.select("tbody tr:has(a:contains(alice))").text())
                .contains("anna-at-github", "Connected", "1 Jan 2026, 00:00 UTC", "the host");
        assertThat(table.select("tbody tr:has(a:contains(bob))").text()).contains("Disconnected", "nothing stored");
        assertThat(page.html()).doesNotContain(token.reveal(), account("alice").id());
    }

    @Test
    void accountsAreFilteredByStatus() {
        Document page = desk.get("/owner/accounts?name=notes&status=DISCONNECTED");
        assertThat(page.select("tbody th").eachText()).containsExactly("bob");
        assertThat(page.select("option[selected]").text()).isEqualTo("Disconnected (1)");
        assertThat(page.select("form[method=get] label[for=status]")).isNotEmpty();
        assertThat(desk.get("/owner/accounts?name=notes&status=PENDING")
                        .select("main")
                        .text())
                .contains("There is no such account");
        assertThat(desk.get("/owner/accounts?name=notes&status=nonsense").select("tbody th"))
                .hasSize(2);
    }

    @Test
    void longListsComeInPages() {
        for (int i = 0; i < 50; i++) {
            desk.world.connect(TENANT, "member-%03d".formatted(i), "notes");
        }
        Document first = desk.get("/owner/accounts?name=notes&status=ACTIVE");
        assertThat(first.select("tbody tr")).hasSize(50);
        String next = first.select("nav a:contains(Next)").attr("href");
        assertThat(desk.get(OwnerDesk.path(next)).select("tbody tr")).hasSize(1);
        assertThat(desk.get("/owner/members?page=9999").select("tbody tr")).hasSize(2);
    }

    @Test
    void membersAreThoseWithAccounts() {
        desk.owner().create("files", "google");
        desk.owner().save("files", Settings.clientId("x").clientSecret("y"));
        desk.world.connect(TENANT, "alice", "files");
        Document page = desk.get("/owner/members");
        assertThat(page.select("tbody th").eachText()).containsExactly("alice", "bob");
        assertThat(page.select("tbody tr").first().text()).contains("files, notes");
        Document alice = desk.get("/owner/member?id=alice");
        assertThat(alice.select("h1").text()).isEqualTo("Member alice");
        assertThat(alice.select("tbody th a").eachAttr("href"))
                .containsExactly("/bulla/owner/connection?name=files", "/bulla/owner/connection?name=notes");
    }

    @Test
    void aMemberIsRemovedAfterAQuestion() {
        Document ask = desk.get(OwnerDesk.path(
                desk.get("/owner/member?id=alice").select("a[href*=remove]").attr("href")));
        assertThat(ask.select("h1").text()).isEqualTo("Remove alice?");
        assertThat(account("alice").status()).isEqualTo(AccountStatus.ACTIVE);
        Document after = desk.follow(desk.submit(ask, "/owner/member/remove"));
        assertThat(after.select("tbody th").eachText()).containsExactly("bob");
        assertThat(desk.owner().accounts("notes").all())
                .extracting(ConnectedAccount::member)
                .containsExactly("bob");
        assertThat(desk.raw("/owner/member?id=alice").status()).isEqualTo(404);
    }

    @Test
    void retiringOldAppsSaysFirstWhomItHits() {
        assertThat(desk.connection("notes").select("a[href*=retire]")).isEmpty();
        desk.owner().save("notes", Settings.clientId("second-app").clientSecret("second-secret"));
        Document ask = desk.get(OwnerDesk.path(
                desk.connection("notes").select("a[href*=retire]").attr("href")));
        assertThat(ask.select("main").text()).contains("first-app", "One account must be connected again", "alice");
        assertThat(account("alice").status()).isEqualTo(AccountStatus.ACTIVE);
        WebResponse done = desk.submit(ask, "/owner/connection/retire");
        assertThat(page(done).select("[role=status]").text())
                .isEqualTo("One account must be connected again by its member.");
        assertThat(account("alice").reason()).contains(Reason.APP_RETIRED);
        assertThat(desk.owner().oldApps("notes").clientIds()).isEmpty();
    }

    @Test
    void askingAllToReconnectSaysFirstWhomItHits() {
        Document ask = desk.get(OwnerDesk.path(
                desk.connection("notes").select("a[href*=reconnect]").attr("href")));
        assertThat(ask.select("main").text())
                .contains("One account must be connected again", "alice")
                .doesNotContain("bob");
        assertThat(account("alice").status()).isEqualTo(AccountStatus.ACTIVE);
        desk.submit(ask, "/owner/connection/reconnect");
        assertThat(account("alice").reason()).contains(Reason.OWNER_ASKED);
        assertThat(desk.get("/owner/accounts?name=notes&status=RECONNECT_REQUIRED")
                        .select("tbody th")
                        .eachText())
                .containsExactly("alice");
    }

    @Test
    void aConnectionWithAccountsGoesWhenItsNameIsTyped() {
        Document ask = desk.get("/owner/connection/delete?name=notes");
        assertThat(ask.select("main").text()).contains("One account is ended with it", "alice");
        WebResponse refused = desk.submit(ask, "/owner/connection/delete", "confirm", "other<i>");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(page(refused).select(".error-summary a").attr("href")).isEqualTo("#confirm");
        assertThat(desk.submit(ask, "/owner/connection/delete").status()).isEqualTo(422);
        assertThat(account("alice").status()).isEqualTo(AccountStatus.ACTIVE);
        Document done = page(desk.submit(ask, "/owner/connection/delete", "confirm", "notes"));
        assertThat(done.select("h1").text()).isEqualTo("notes is deleted");
        assertThat(done.select("tbody tr").text())
                .contains("alice", "anna-at-github", "Ended: the service confirmed it");
        assertThat(done.select("tbody a")).isEmpty();
        assertThat(desk.owner().list()).isEmpty();
    }

    @Test
    void aConnectionWithoutAccountsGoesAfterAQuestion() {
        desk.world.bulla().tenant(TENANT).member("alice").disconnect("notes");
        Document ask = desk.get("/owner/connection/delete?name=notes");
        assertThat(ask.select("#confirm")).isEmpty();
        assertThat(desk.follow(desk.submit(ask, "/owner/connection/delete"))
                        .select("[role=status]")
                        .text())
                .isEqualTo("Deleted.");
        assertThat(desk.owner().list()).isEmpty();
    }

    @Test
    void whoConnectsMeanwhileIsNotEndedUnasked() {
        desk.world.bulla().tenant(TENANT).member("alice").disconnect("notes");
        Document ask = desk.get("/owner/connection/delete?name=notes");
        desk.world.connect(TENANT, "carol", "notes");
        assertThat(desk.submit(ask, "/owner/connection/delete").status()).isEqualTo(422);
        assertThat(account("carol").ready()).isTrue();
    }
}
