package dev.bulla.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.AccountStatus;
import dev.bulla.model.SealedTo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemberPagesTest {
    private final World world = new World();
    private final Client alice = world.browser("alice");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aServiceIsConnectedAndDisconnected() {
        alice.get("/bulla/").press("Connect acme-notes");
        assertThat(alice.h1()).isEqualTo("Taking you to Acme Notes");
        alice.agree(world.notes, "Alice N");
        assertThat(alice.h1()).isEqualTo("Acme Notes is connected");
        assertThat(alice.page().text()).contains("as Alice N");
        alice.follow("Back to your services");
        assertThat(alice.page().select(".service").first().text()).contains("Connected", "Alice N");

        alice.follow("Disconnect acme-notes");
        assertThat(alice.page().text()).contains("deleted at once");
        alice.press("Disconnect");
        assertThat(alice.h1()).isEqualTo("Connect services");
        assertThat(alice.page().select("[role=status]").text()).contains("confirmed that access has ended");
        assertThat(world.notes.grants("Alice N")).isEmpty();
        assertThat(world.member("alice").accounts().get(0).status()).isEqualTo(AccountStatus.DISCONNECTED);
    }

    @Test
    void whoDeclinesIsToldSo() {
        alice.get("/bulla/").press("Connect acme-notes").deny(world.notes, "Alice N");
        assertThat(alice.h1()).isEqualTo("Nothing was connected");
        alice.press("Try acme-notes again").agree(world.notes, "Alice N");
        assertThat(alice.h1()).isEqualTo("Acme Notes is connected");
    }

    @Test
    void whoIsLateIsToldSo() {
        alice.get("/bulla/").press("Connect acme-notes");
        world.bulla.advance(Duration.ofMinutes(16));
        alice.agree(world.notes, "Alice N");
        assertThat(alice.h1()).isEqualTo("That took too long");
        assertThat(world.member("alice").accounts()).isEmpty();
    }

    @Test
    void twoTabsDoNotDisturbEachOther() {
        alice.get("/bulla/").press("Connect acme-notes");
        var first = alice.away();
        alice.get("/bulla/").press("Connect acme-drive");
        alice.agree(world.drive, "Alice D");
        assertThat(alice.h1()).isEqualTo("What to use at Acme Drive");
        alice.get(world.notes.consent(first, "Alice N").toString());
        assertThat(alice.h1()).isEqualTo("Acme Notes is connected");
    }

    @Test
    void anotherBrowserDoesNotFinish() {
        alice.get("/bulla/").press("Connect acme-notes");
        Client other = world.browser("alice");
        other.get(world.notes.consent(alice.away(), "Alice N").toString());
        assertThat(other.h1()).isEqualTo("That took too long");
        assertThat(world.member("alice").accounts()).isEmpty();
    }

    @Test
    void anotherIdentityIsAskedAbout() {
        alice.get("/bulla/").press("Connect acme-notes").agree(world.notes, "Alice N");
        alice.follow("Back to your services").press("Reconnect acme-notes").agree(world.notes, Services.HOSTILE);
        assertThat(alice.h1()).isEqualTo("Another account?");
        assertThat(alice.page().text()).contains("as Alice N", "as " + Services.HOSTILE);
        alice.press("Keep it as it was");
        assertThat(alice.h1()).isEqualTo("Nothing was connected");
        assertThat(world.member("alice").account("acme-notes").displayName()).contains("Alice N");

        alice.get("/bulla/").press("Reconnect acme-notes").agree(world.notes, "Alice M");
        alice.press("Use Alice M from now on");
        assertThat(alice.h1()).isEqualTo("Acme Notes is connected");
        assertThat(world.member("alice").account("acme-notes").displayName()).contains("Alice M");
        assertThat(alice.cookies.keySet()).noneMatch(name -> name.contains("ask"));
    }

    @Test
    void aChoiceIsBrowsedSearchedAndMade() {
        alice.get("/bulla/").press("Connect acme-drive").agree(world.drive, "Alice D");
        assertThat(alice.page().text()).contains("Step 1 of 2", "Choose one.", Services.HOSTILE);
        alice.press("Continue");
        assertThat(alice.page().select(".error-summary").text()).contains("Choose one.");
        alice.tick("Team one").press("Continue");
        assertThat(alice.page().text()).contains("Step 2 of 2", "Choose at least one, and 3 at most.");
        alice.tick("Inbox").press("Open Projects");
        assertThat(alice.page().select(".crumbs").text()).isEqualTo("Top Projects");
        assertThat(alice.page().text()).contains("Chosen so far Inbox", "Project 1");
        alice.tick("Project 2").press("Next page");
        assertThat(alice.page().text()).contains("Project 3", "Chosen so far Project 2 Inbox");
        alice.press("Top").fill("Search", "ject 4").press("Search");
        assertThat(alice.page().select(".options").first().text()).isEqualTo("Project 4");
        alice.tick("Project 4").press("Use this");
        assertThat(alice.h1()).isEqualTo("Acme Drive is connected");
        assertThat(world.member("alice").account("acme-drive").attributes().get("folders"))
                .contains("inbox", "p2", "p4", "t 1");
        assertThat(alice.addresses).noneMatch(address -> address.contains("inbox"));

        alice.get("/bulla/").press("Choose again acme-drive").tick("Team one").press("Continue");
        alice.tick("Gone").press("Use this");
        assertThat(alice.page().select(".error-summary").text()).contains("not there to choose");
        assertThat(world.member("alice").account("acme-drive").attributes().get("folders"))
                .contains("p4");
    }

    @Test
    void aChoiceThatWaitedTooLongIsOver() {
        alice.get("/bulla/").press("Connect acme-drive").agree(world.drive, "Alice D");
        world.bulla.advance(Duration.ofMinutes(16));
        alice.tick("Team one").press("Continue");
        assertThat(alice.h1()).isEqualTo("This question is over");
        alice.get("/bulla/choose?t=0123456789ab");
        assertThat(alice.answer().status()).isEqualTo(410);
    }

    @Test
    void aFormIsFilledInAndChanged() {
        alice.get("/bulla/").follow("Connect acme-mail");
        alice.page().getElementById("account-apiKey").val("nonsense");
        alice.page().getElementById("account-sender").val("me@example.org");
        alice.press("Connect");
        assertThat(alice.answer().status()).isEqualTo(422);
        assertThat(alice.answer().body()).doesNotContain("nonsense").contains("me@example.org");
        var box = alice.page().getElementById("account-apiKey");
        assertThat(box.attr("aria-invalid")).isEqualTo("true");
        assertThat(box.attr("aria-describedby")).contains("account-apiKey-error");
        assertThat(alice.page().select(".error-summary a").attr("href")).isEqualTo("#account-apiKey");

        alice.page().getElementById("account-apiKey").val("MK-bad0");
        alice.press("Connect");
        assertThat(alice.page().select(".error-summary").text()).contains("refused by the service");
        alice.page().getElementById("account-apiKey").val("MK-0123456789");
        alice.press("Connect");
        assertThat(alice.h1()).isEqualTo("Acme Mail is connected");

        alice.get("/bulla/").follow("Change acme-mail");
        assertThat(alice.page().getElementById("account-sender").val()).isEqualTo("me@example.org");
        alice.page().getElementById("account-sender").val("you@example.org");
        alice.press("Save");
        assertThat(world.member("alice")
                        .forms()
                        .view("acme-mail")
                        .groups()
                        .get(0)
                        .rows()
                        .get(0)
                        .cells())
                .anyMatch(cell -> cell.value().equals(java.util.Optional.of("you@example.org")));
        assertThat(alice.seen).noneMatch(answer -> answer.body().contains("MK-0123456789"));
    }

    @Test
    void severalAccountsAreToldApartByLabels() {
        alice.get("/bulla/").press("Connect acme-notes").agree(world.notes, "Alice N");
        alice.get("/bulla/").fill("Name of the account", "work").press("Connect this account acme-notes");
        alice.agree(world.notes, "Alice W");
        assertThat(alice.h1()).isEqualTo("Acme Notes is connected");
        assertThat(alice.page().text()).contains("Alice W");
        alice.get("/bulla/").follow("Disconnect acme-notes, work").press("Disconnect");
        assertThat(world.member("alice").accounts())
                .filteredOn(account -> account.status() == AccountStatus.ACTIVE)
                .extracting(account -> account.displayName().orElse(""))
                .containsExactly("Alice N");
    }

    @Test
    void aKeyIsShownOnceAndTypedBack() {
        alice.get("/bulla/").press("Connect acme-notes").agree(world.notes, "Alice N");
        alice.get("/bulla/key").press("Make my key");
        String key = alice.page().getElementById("key-text").text();
        assertThat(alice.answer().headers().get("Cache-Control")).containsExactly("no-store");
        alice.fill("Type the key back", "bullakey1nonsense").press("This is my key");
        assertThat(alice.answer().status()).isEqualTo(422);
        assertThat(alice.answer().body()).doesNotContain(key);
        alice.get("/bulla/key");
        assertThat(alice.answer().body()).doesNotContain(key);
        alice.fill("Type the key back", key).press("This is my key");
        assertThat(alice.page().text()).contains("This is your key from now on", "Fingerprint");
        assertThat(world.member("alice").account("acme-notes").sealedTo()).isEqualTo(SealedTo.MEMBER);
        assertThat(alice.get("/bulla/").page().text()).contains("Sealed to your key");

        alice.follow("Disconnect acme-notes").fill("Your key (optional)", key).press("Disconnect");
        assertThat(alice.page().select("[role=status]").text()).contains("confirmed that access has ended");
        assertThat(alice.addresses).noneMatch(address -> address.contains(key.substring(0, 12)));
    }

    @Test
    void withoutTheKeyADisconnectSaysWhereAccessStillStands() {
        keyed();
        alice.get("/bulla/").follow("Disconnect acme-notes").press("Disconnect");
        assertThat(alice.page().select("[role=status]").text()).contains("access still stands");
        assertThat(alice.page().select("[role=status] a").attr("href")).isEqualTo("https://notes.example/apps");
    }

    private String keyed() {
        alice.get("/bulla/").press("Connect acme-notes").agree(world.notes, "Alice N");
        alice.get("/bulla/key").press("Make my key");
        String key = alice.page().getElementById("key-text").text();
        alice.fill("Type the key back", key).press("This is my key");
        return key;
    }

    @Test
    void aKeyIsReplaced() {
        String old = keyed();
        alice.get("/bulla/key").fill("Your key", "bulla").press("Replace my key");
        assertThat(alice.page().select(".error-summary").text()).contains("not a member key");
        alice.fill("Your key", old).press("Replace my key");
        String fresh = alice.page().getElementById("key-text").text();
        alice.fill("Type the key back", fresh).press("This is my key");
        assertThat(alice.page().text()).contains("This is your key from now on");
        alice.get("/bulla/key").fill("Your key", old).press("Replace my key");
        assertThat(alice.page().select(".error-summary").text()).contains("not the member's present key");
    }

    @Test
    void aKeyIsGivenUp() {
        String key = keyed();
        alice.get("/bulla/key").fill("Your key, to give it up", key).press("Revoke my key");
        assertThat(alice.page().text()).contains("What was sealed to it is disconnected", "You have no key yet");
        assertThat(world.member("alice").account("acme-notes").status()).isEqualTo(AccountStatus.DISCONNECTED);
        assertThat(world.notes.grants("Alice N")).isEmpty();
    }

    @Test
    void anAccountIsRefreshedByHandWithTheKeyWhereItIsNeeded() {
        alice.get("/bulla/").press("Connect acme-notes").agree(world.notes, "Alice N");
        world.bulla.advance(Duration.ofMinutes(10));
        var before = world.member("alice").account("acme-notes").expiresAt();
        alice.get("/bulla/").press("Refresh acme-notes");
        assertThat(alice.page().select("[role=status]").text()).contains("renewed just now");
        assertThat(world.member("alice").account("acme-notes").expiresAt()).isNotEqualTo(before);

        alice.get("/bulla/key").press("Make my key");
        String key = alice.page().getElementById("key-text").text();
        alice.fill("Type the key back", key).press("This is my key");
        alice.get("/bulla/")
                .follow("Refresh acme-notes")
                .fill("Your key", "bulla1")
                .press("Refresh now");
        assertThat(alice.page().select(".error-summary a").attr("href")).isEqualTo("#key");
        alice.fill("Your key", key).press("Refresh now");
        assertThat(alice.h1()).isEqualTo("Connect services");
    }

    @Test
    void whoIsTooFastWaits() {
        world.with(PageOptions.of("Workbench")
                .limits((action, by, who) -> action == dev.bulla.web.Limits.Action.CONNECT
                        ? java.util.Optional.of(Duration.ofSeconds(15))
                        : java.util.Optional.empty()));
        alice.get("/bulla/").press("Connect acme-notes");
        assertThat(alice.answer().status()).isEqualTo(429);
        assertThat(alice.answer().headers().get("Retry-After")).containsExactly("15");
        assertThat(alice.h1()).isEqualTo("Too fast");
    }

    @Test
    void aLostKeyClearsWhatItSaysAndOnlyAfterAYes() {
        keyed();
        alice.get("/bulla/key").follow("I lost my key");
        assertThat(alice.page().text()).contains("This account is sealed to your key", "acme-notes", "Alice N");
        alice.press("Clear them and go on");
        assertThat(alice.answer().status()).isEqualTo(422);
        assertThat(world.member("alice").account("acme-notes").status()).isEqualTo(AccountStatus.ACTIVE);
        world.proven = false;
        alice.tick("I do not have my key any more, and I know that this can not be undone.")
                .press("Clear them and go on");
        assertThat(alice.h1()).isEqualTo("Please log in once more");
        assertThat(world.member("alice").account("acme-notes").status()).isEqualTo(AccountStatus.ACTIVE);
        world.proven = true;
        alice.get("/bulla/key/lost");
        alice.tick("I do not have my key any more, and I know that this can not be undone.")
                .press("Clear them and go on");
        assertThat(alice.page().text()).contains("Your key is gone", "You have no key yet");
        assertThat(world.member("alice").account("acme-notes").sealedTo()).isEqualTo(SealedTo.NOBODY);
        alice.get("/bulla/");
        assertThat(alice.page().select(".obstacles").text()).isNotEmpty();
    }

    @Test
    void servicesAreSearched() {
        alice.get("/bulla/?q=ACME-no");
        assertThat(alice.page().select(".service h3").eachText()).containsExactly("acme-notes");
        alice.get("/bulla/?q=%3Cscript%3E");
        assertThat(alice.page().select("#none").hasAttr("hidden")).isFalse();
        assertThat(alice.page().getElementById("q").val()).isEqualTo("<script>");
        assertThat(alice.page().select("script:not([src])")).isEmpty();
    }

    @Test
    void aConnectionThatIsOffSaysSo() {
        alice.get("/bulla/").press("Connect acme-notes").agree(world.notes, "Alice N");
        world.bulla.bulla().tenant(World.TENANT).connections().disable("acme-notes");
        alice.get("/bulla/");
        assertThat(alice.page().select(".service").first().text()).contains("Not usable now");
        assertThat(alice.page().select(".obstacles").text()).isNotEmpty();
        assertThat(alice.page().select("button").eachText()).doesNotContain("Reconnect acme-notes");
    }

    @Test
    void unknownAndForeignLookAlike() {
        world.browser("bob").get("/bulla/").press("Connect acme-notes").agree(world.notes, "Bob N");
        for (String page : List.of("/disconnect", "/form", "/connect", "/choose/again")) {
            String foreign = alice.get("/bulla" + page + "?connection=acme-notes&label=")
                    .answer()
                    .body();
            if (page.equals("/disconnect") || page.equals("/choose/again")) {
                assertThat(alice.answer().status()).isEqualTo(404);
                assertThat(alice.get("/bulla" + page + "?connection=no-such&label=")
                                .answer()
                                .body())
                        .isEqualTo(foreign);
            }
        }
    }

    @Test
    void popupsAreToldToKnownOriginsOnly() {
        world.with(PageOptions.of("Workbench").popupOrigins("https://app.example"));
        for (String origin :
                List.of("https://app.example", "https://evil.example", "https://app.example.evil.example")) {
            Client client = world.browser("p" + origin.length());
            client.get("/bulla/connect?connection=acme-notes&popup=" + origin)
                    .press("Connect acme-notes")
                    .agree(world.notes, "Alice N");
            assertThat(client.h1()).isEqualTo("Acme Notes is connected");
            assertThat(client.page().body().attr("data-origin"))
                    .isEqualTo(origin.equals("https://app.example") ? origin : "");
            assertThat(client.page().body().attr("data-outcome")).isEqualTo("connected");
            assertThat(client.page().body().attr("data-connection")).isEqualTo("acme-notes");
        }
    }

    @Test
    void flowsOfTheHostItselfGoWhereTheySay() {
        var step = (dev.bulla.model.ConnectStep.Redirect)
                world.member("alice").connect("acme-notes", "https://host.test/done");
        alice.cookies.put(step.cookie().name(), step.cookie().value());
        alice.get(world.notes.consent(step.location(), "Alice N").toString());
        assertThat(alice.answer().headers().get("Location").get(0)).startsWith("https://host.test/done?");
    }

    @Test
    void flowsGoBackToAPageOfTheHostThatStandsBelowTheBaseAddress() {
        var step = (dev.bulla.model.ConnectStep.Redirect)
                world.member("alice").connect("acme-notes", "", "https://host.test/bulla/settings");
        alice.cookies.put(step.cookie().name(), step.cookie().value());
        alice.get(world.notes.consent(step.location(), "Alice N").toString());
        assertThat(alice.addresses.get(alice.addresses.size() - 1)).startsWith("https://host.test/bulla/settings?");
    }

    @Test
    void flowsThatComeBackToThePanelAreAskedTheirQuestions() {
        var step = (dev.bulla.model.ConnectStep.Redirect)
                world.member("alice").connect("acme-drive", "two", "https://host.test/bulla/");
        alice.cookies.put(step.cookie().name(), step.cookie().value());
        alice.get(world.drive.consent(step.location(), "Alice D").toString());
        assertThat(alice.h1()).isEqualTo("What to use at Acme Drive");
        alice.tick("Team one").press("Continue").tick("Inbox").press("Use this");
        assertThat(alice.h1()).isEqualTo("Acme Drive is connected");
    }

    @Test
    void aForgedResultTellsNothing() {
        alice.get("/bulla/result?outcome=connected&connection=acme-notes&label=%3Cb%3E");
        assertThat(alice.h1()).isEqualTo("That took too long");
        alice.get("/bulla/result?outcome=failed&code=%3Cscript%3E&detail=%3Cscript%3E&connection=%3Cscript%3E");
        assertThat(alice.page().select("script:not([src])")).isEmpty();
    }

    @Test
    void ticketsStayOutOfAddressesAndPages() {
        alice.get("/bulla/").press("Connect acme-drive").agree(world.drive, "Alice D");
        String ticket = new String(
                java.util.Base64.getUrlDecoder()
                        .decode(alice.cookies.entrySet().stream()
                                .filter(cookie -> cookie.getKey().startsWith("__Host-bulla-ask-"))
                                .findFirst()
                                .orElseThrow()
                                .getValue()),
                java.nio.charset.StandardCharsets.UTF_8);
        String secret = ticket.split("\n", -1)[3];
        assertThat(secret).hasSizeGreaterThan(40);
        assertThat(alice.addresses).noneMatch(address -> address.contains(secret));
        assertThat(alice.seen).noneMatch(answer -> answer.body().contains(secret));
        assertThat(alice.seen.stream()
                        .flatMap(answer -> answer.headers().getOrDefault("Set-Cookie", List.of()).stream()))
                .allMatch(cookie ->
                        cookie.contains("HttpOnly") && cookie.contains("Secure") && cookie.contains("SameSite=Lax"));
    }

    @Test
    void postsNeedTheTokenOfTheHost() {
        for (String path : List.of(
                "/connect",
                "/form",
                "/choose",
                "/choose/again",
                "/identity",
                "/disconnect",
                "/key/issue",
                "/key/confirm",
                "/key/rotate",
                "/key/lost")) {
            alice.post("/bulla" + path, Map.of("connection", List.of("acme-notes"), "sure", List.of("yes")));
            assertThat(alice.answer().status()).describedAs(path).isEqualTo(403);
            alice.post("/bulla" + path, Map.of("csrf", List.of("token-of-bob")));
            assertThat(alice.answer().status()).describedAs(path).isEqualTo(403);
        }
    }
}
