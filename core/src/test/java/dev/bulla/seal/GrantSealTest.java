package dev.bulla.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.GrantSecret;
import dev.bulla.key.MemberKey;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Version 1 of a grant's record for ever, and what opens it. */
class GrantSealTest {
    private final Golden golden = Golden.grant();
    private final GrantSeal seal = new GrantSeal(new Sealer(golden.ring()));

    @Test
    void theCommittedRecordOpens() {
        assertThat(seal.open(golden.grantSecret(), golden.context(), golden.record()))
                .isEqualTo(golden.payload());
        assertThat(GrantSeal.id(golden.grantSecret())).isEqualTo(golden.grantId());
        assertThat(golden.context().account()).isEqualTo(golden.grantId());
        assertThat(golden.context().purpose()).isEqualTo("grant");
    }

    @Test
    void theWriterStillWritesTheSameBytes() {
        GrantSeal writer = new GrantSeal(new Sealer(golden.ring(), Golden.countingRandom()));
        assertThat(writer.seal(golden.grantSecret(), golden.context(), golden.payload()))
                .isEqualTo(golden.record());
    }

    @Test
    void anotherSecretOpensNothing() {
        assertThat(code(() -> seal.open(GrantSecret.generate(), golden.context(), golden.record())))
                .isEqualTo(ErrorCode.KEY_WRONG);
    }

    /** A host with its ring, and a member key of the same bytes: the one is not the other. */
    @Test
    void neitherTheHostNorAMemberKeyOfTheSameBytesOpensIt() {
        Sealer host = new Sealer(golden.ring());
        MemberPair pair = MemberPair.ofSeed(golden.grantSecret().revealBytes());
        assertThat(code(() -> host.open(golden.record(), golden.context()))).isEqualTo(ErrorCode.KEY_REQUIRED);
        assertThat(code(() -> host.open(golden.record(), golden.context(), pair)))
                .isEqualTo(ErrorCode.KEY_WRONG);
    }

    @Test
    void withoutTheHostsTermTheSecretOpensNothing() {
        GrantSeal elsewhere = new GrantSeal(new Sealer(Golden.host().ring()));
        byte[] record = golden.record();
        record[8] = 9; // a term that no ring here has
        assertThat(code(() -> elsewhere.open(golden.grantSecret(), golden.context(), record)))
                .isEqualTo(ErrorCode.HOST_KEY_MISSING);
    }

    @Test
    void whatIsSealedToTheHostIsNoGrant() {
        byte[] record = new Sealer(golden.ring()).sealToHost(golden.context(), golden.payload());
        assertThat(code(() -> seal.open(golden.grantSecret(), golden.context(), record)))
                .isEqualTo(ErrorCode.RECORD_REFUSED);
    }

    @Test
    void aRecordOfAnotherMemberOrKeyDoesNotOpen() {
        SealContext c = golden.context();
        for (SealContext other : new SealContext[] {
            new SealContext(c.tenant(), "bob", "", c.account(), c.purpose(), c.sealNo()),
            new SealContext(c.tenant(), c.member(), "", c.account(), c.purpose(), c.sealNo() + 1),
            new SealContext(c.tenant(), c.member(), "", "another", c.purpose(), c.sealNo()),
            new SealContext("other", c.member(), "", c.account(), c.purpose(), c.sealNo())
        }) {
            assertThat(code(() -> seal.open(golden.grantSecret(), other, golden.record())))
                    .isEqualTo(ErrorCode.RECORD_REFUSED);
        }
    }

    @Test
    void aPairGoesThroughItsPrivateHalf() {
        MemberPair pair = MemberPair.of(MemberKey.generate());
        assertThat(MemberPair.ofPrivateKey(pair.revealPrivateKey()).publicKey()).isEqualTo(pair.publicKey());
        assertThat(code(() -> MemberPair.ofPrivateKey(new byte[31]))).isEqualTo(ErrorCode.RECORD_REFUSED);
    }

    private static ErrorCode code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return ((BullaException) Assertions.catchThrowable(call)).code();
    }
}
