package dev.bulla.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.error.ErrorCode;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import dev.bulla.seal.KeyProof.Standing;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyProofTest {
    private final KeyProof proofs = new KeyProof(HostKeyring.ephemeral());
    private final MemberPublicKey key = MemberPair.of(MemberKey.generate()).publicKey();

    @Test
    void holdsForItsRowAndNoOther() {
        KeyProof.Proof proof = proofs.prove(Standing.ACTIVE, "acme", "alice", 1, key);
        MemberPublicKey other = MemberPair.of(MemberKey.generate()).publicKey();

        assertThat(proof.term()).isEqualTo(1);
        assertThat(proof.mac()).hasSize(43);
        assertThat(proofs.holds(proof, Standing.ACTIVE, "acme", "alice", 1, MemberPublicKey.parse(key.text())))
                .isTrue();
        assertThat(proofs.holds(proof, Standing.OFFERED, "acme", "alice", 1, key))
                .isFalse();
        assertThat(proofs.holds(proof, Standing.ACTIVE, "acme2", "alice", 1, key))
                .isFalse();
        assertThat(proofs.holds(proof, Standing.ACTIVE, "acme", "bob", 1, key)).isFalse();
        assertThat(proofs.holds(proof, Standing.ACTIVE, "acmea", "lice", 1, key))
                .isFalse();
        assertThat(proofs.holds(proof, Standing.ACTIVE, "acme", "alice", 2, key))
                .isFalse();
        assertThat(proofs.holds(proof, Standing.ACTIVE, "acme", "alice", 1, other))
                .isFalse();
    }

    @Test
    void anAlteredOrForeignProofDoesNotHold() {
        String mac = proofs.prove(Standing.ACTIVE, "acme", "alice", 1, key).mac();
        for (String altered : new String[] {"", mac.substring(1), mac + "A", mac.toLowerCase(Locale.ROOT)}) {
            assertThat(proofs.holds(new KeyProof.Proof(altered, 1), Standing.ACTIVE, "acme", "alice", 1, key))
                    .isFalse();
        }
        KeyProof stranger = new KeyProof(HostKeyring.ephemeral());
        assertThat(stranger.holds(new KeyProof.Proof(mac, 1), Standing.ACTIVE, "acme", "alice", 1, key))
                .isFalse();
    }

    @Test
    void holdsUnderAnOldTermAndSaysWhichOneIsMissing(@TempDir Path directory) {
        Path file = directory.resolve("host.keys");
        KeyProof.Proof proof = new KeyProof(HostKeyring.create(file)).prove(Standing.ACTIVE, "acme", "alice", 1, key);
        HostKeyring.activate(file, HostKeyring.stage(file));

        assertThat(new KeyProof(HostKeyring.fromFile(file)).holds(proof, Standing.ACTIVE, "acme", "alice", 1, key))
                .isTrue();
        HostKeyring.retire(file, 1);
        KeyProof later = new KeyProof(HostKeyring.fromFile(file));
        assertThat(later.prove(Standing.ACTIVE, "acme", "alice", 1, key).term()).isEqualTo(2);
        Refusals.assertCode(
                () -> later.holds(proof, Standing.ACTIVE, "acme", "alice", 1, key), ErrorCode.HOST_KEY_MISSING);
    }
}
