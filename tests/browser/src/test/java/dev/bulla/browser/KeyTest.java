package dev.bulla.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.SealedTo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member's own key: shown once, kept, typed back, lost. */
class KeyTest extends InBrowser {
    @TempDir
    Path downloads;

    @Test
    void keyIsShownOnceCopiedAndTypedBack() throws IOException {
        house.ready("key");
        house.connected(browser, "key", "alice");
        browser.open(house.at("/bulla/key"));
        look("key-none");
        String key = browser.press("Make my key").text("#key-text");
        look("key-shown");

        browser.command(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", downloads.toString()));
        browser.press("Download the key");
        assertThat(Files.readString(downloaded())).contains(key);

        browser.allowClipboard();
        browser.press("Copy the key").type("Type the key back", "").control("v");
        assertThat(browser.value("Type the key back")).isEqualTo(key);
        browser.press("This is my key");
        browser.await(
                "sealed account",
                () -> Optional.of(house.account("key", "notes"))
                        .filter(account -> account.sealedTo() == SealedTo.MEMBER));
        assertThat(browser.text()).doesNotContain(key);
        look("key-kept");
        browser.back();
        assertThat(browser.text()).doesNotContain(key);
    }

    @Test
    void reloadShowsNoKeyTwice() {
        house.ready("reload");
        house.enter(browser, "reload", "alice").open(house.at("/bulla/key"));
        String key = browser.press("Make my key").text("#key-text");
        browser.reload();
        assertThat(browser.text()).doesNotContain(key);
        browser.back();
        assertThat(browser.text()).doesNotContain(key);
    }

    @Test
    void wrongKeyIsNotTakenForTheRightOne() {
        house.ready("wrong");
        house.enter(browser, "wrong", "alice").open(house.at("/bulla/key"));
        String key = browser.press("Make my key").text("#key-text");
        char last = key.charAt(key.length() - 1);
        browser.type("Type the key back", key.substring(0, key.length() - 1) + (last == 'A' ? 'B' : 'A'))
                .press("This is my key");
        browser.await(
                "refusal",
                () -> Optional.of(browser).filter(page -> !page.text().contains(key)));
        look("key-refused");
        assertThat(house.bulla
                        .tenant(house.tenant("wrong"))
                        .member("alice")
                        .keys()
                        .status())
                .isEmpty();
    }

    @Test
    void lostKeyClearsWhatItSealed() {
        house.ready("lost");
        house.connected(browser, "lost", "alice");
        house.key(browser);
        browser.open(house.at("/bulla/key")).press("I lost my key");
        look("key-lost");
        browser.tick(browser.text("label")).press("Clear them and go on");
        browser.await(
                "cleared account",
                () -> Optional.of(house.account("lost", "notes"))
                        .filter(account -> account.sealedTo() == SealedTo.NOBODY));
        look("key-cleared");
        browser.open(house.at("/bulla/")).press("Connect notes").press("Allow").reads("is connected");
    }

    @Test
    void keyIsReplacedAndThenGivenUp() {
        house.ready("replace");
        house.connected(browser, "replace", "alice");
        String first = house.key(browser);
        String second = browser.type("Your key", first).press("Replace my key").text("#key-text");
        assertThat(second).isNotEqualTo(first);
        browser.type("Type the key back", second).press("This is my key").reads("Replace it");
        browser.type("Your key, to give it up", first).press("Revoke my key").reads("Please check");
        browser.type("Your key, to give it up", second).press("Revoke my key").reads("You have no key yet");
        look("key-revoked");
        assertThat(house.account("replace", "notes").sealedTo()).isEqualTo(SealedTo.NOBODY);
        assertThat(browser.text()).doesNotContain(second);
    }

    private Path downloaded() {
        return browser.await("downloaded file", () -> {
            try (var files = Files.list(downloads)) {
                return files.filter(file -> !file.toString().endsWith(".crdownload"))
                        .findFirst();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
