package dev.bulla.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One sealer shared by many threads: a record that nobody can open would show only when it is too late. */
class SealerConcurrencyTest {
    private static final int THREADS = 8;
    private static final int SEALS = 1000;

    @Test
    void whatEightThreadsSealOpens() throws Exception {
        Sealer sealer = new Sealer(HostKeyring.ephemeral());
        MemberPair pair = MemberPair.of(MemberKey.generate());
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                tasks.add(() -> sealAndOpen(sealer, pair, thread));
            }
            int opened = 0;
            for (Future<Integer> result : executor.invokeAll(tasks)) {
                opened += result.get();
            }
            assertThat(opened).isEqualTo(THREADS * SEALS);
        } finally {
            executor.shutdownNow();
        }
    }

    private static int sealAndOpen(Sealer sealer, MemberPair pair, int thread) {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < SEALS; i++) {
            records.add(sealer.sealToMember(context(thread, i), pair.publicKey(), 1, payload(thread, i)));
        }
        int opened = 0;
        for (int i = 0; i < SEALS; i++) {
            assertThat(sealer.open(records.get(i), context(thread, i), pair)).isEqualTo(payload(thread, i));
            opened++;
        }
        return opened;
    }

    private static SealContext context(int thread, int i) {
        return new SealContext("acme", "m" + thread, "c", "a" + i, "tokens", i);
    }

    private static byte[] payload(int thread, int i) {
        return ByteBuffer.allocate(8).putInt(thread).putInt(i).array();
    }
}
