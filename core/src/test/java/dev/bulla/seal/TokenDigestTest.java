package dev.bulla.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.error.ErrorCode;
import dev.bulla.key.HostKeyring;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenDigestTest {
    private final TokenDigest digests = new TokenDigest(HostKeyring.ephemeral());

    @Test
    void matchesItsTokenAndNoOther() {
        String digest = digests.of("refresh-1");

        assertThat(digest).matches("1\\.[A-Za-z0-9_-]{43}").isEqualTo(digests.of("refresh-1"));
        assertThat(digests.matches("refresh-1", digest)).isTrue();
        assertThat(digests.matches("refresh-2", digest)).isFalse();
        assertThat(digests.matches("", digest)).isFalse();
        assertThat(new TokenDigest(HostKeyring.ephemeral()).matches("refresh-1", digest))
                .isFalse();
    }

    @Test
    void whatIsNoDigestMatchesNothing() {
        for (String text :
                new String[] {"", "1", "1.", "x.y", "0." + "A".repeat(43), "99999999999." + "A".repeat(43)}) {
            assertThat(digests.matches("refresh-1", text)).isFalse();
        }
    }

    @Test
    void matchesAcrossAChangeOfTheHostKey(@TempDir Path directory) {
        Path file = directory.resolve("host.keys");
        String digest = new TokenDigest(HostKeyring.create(file)).of("refresh-1");
        HostKeyring.activate(file, HostKeyring.stage(file));
        TokenDigest later = new TokenDigest(HostKeyring.fromFile(file));

        assertThat(later.of("refresh-1")).startsWith("2.").isNotEqualTo(digest);
        assertThat(later.matches("refresh-1", digest)).isTrue();
        HostKeyring.retire(file, 1);
        TokenDigest without = new TokenDigest(HostKeyring.fromFile(file));
        Refusals.assertCode(() -> without.matches("refresh-1", digest), ErrorCode.HOST_KEY_MISSING);
    }
}
