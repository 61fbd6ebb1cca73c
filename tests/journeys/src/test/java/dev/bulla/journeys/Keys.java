package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Member;
import dev.bulla.key.MemberKey;
import dev.bulla.model.SealedTo;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A member's key as tests need it. */
final class Keys {
    private Keys() {}

    /** Issued, and typed back. */
    static MemberKey first(Member member) {
        return proven(member, MemberKey.parse(member.keys().issue().text()));
    }

    /** Replaced, and typed back. */
    static MemberKey rotated(Member member, MemberKey current) {
        return proven(member, MemberKey.parse(member.keys().rotate(current).text()));
    }

    private static MemberKey proven(Member member, MemberKey key) {
        member.keys().confirm(key);
        return key;
    }

    /** Waits until nothing of the member is sealed to the host. */
    static void awaitSealed(Member member) {
        await(() -> assertThat(member.accounts())
                .noneSatisfy(account -> assertThat(account.sealedTo()).isEqualTo(SealedTo.HOST)));
    }

    /** Repeats until it holds. */
    static void await(Runnable holds) {
        long end = System.nanoTime() + Crowd.PATIENCE.toNanos();
        while (true) {
            try {
                holds.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        }
    }
}
