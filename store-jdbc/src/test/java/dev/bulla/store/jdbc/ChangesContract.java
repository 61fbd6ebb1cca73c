package dev.bulla.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.UpkeepStore;
import dev.bulla.store.UpkeepStore.Change;
import dev.bulla.store.Write;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Changes that become visible long after their time, and a reader who goes on from a cursor. On one database. */
abstract class ChangesContract {
    private static final int NODES = 3;
    private static final int ACCOUNTS = 20;
    private static final int WRITES = 60;
    /** What the slowest write of all takes; less than settling. */
    private static final long SLOWEST = UpkeepStore.SETTLING_MILLIS - 5_000;

    private final AtomicLong offset = new AtomicLong();
    /** Connections that are lent to writers, with the time since when. */
    private final Map<Object, Long> lent = new ConcurrentHashMap<>();

    abstract DataSource database();

    @Test
    void lateCommitsAreNotPassedBy() throws Exception {
        SchemaInstaller.install(database(), "late_");
        Store plain = store(database());
        List<Sample> samples = new ArrayList<>();
        for (int count = 0; count < ACCOUNTS; count++) {
            samples.add(new Sample(plain));
        }
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService pool = Executors.newCachedThreadPool();
        List<Future<?>> writers = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            Store slow = store(delayed(database()));
            writers.add(pool.submit(() -> write(slow, samples)));
        }
        Future<?> time = pool.submit(() -> {
            while (!over.get()) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
                long now = offset.get();
                if (lent.values().stream().allMatch(since -> now - since < SLOWEST)) {
                    offset.addAndGet(500);
                }
            }
        });
        Reader reader = new Reader(plain.upkeep());
        while (!writers.stream().allMatch(Future::isDone)) {
            reader.read();
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        over.set(true);
        time.get();
        pool.shutdown();
        offset.addAndGet(UpkeepStore.SETTLING_MILLIS + 1_000);
        reader.crash();
        reader.readAll();

        Map<String, String> states = new HashMap<>();
        for (Sample sample : samples) {
            AccountRow row =
                    plain.accounts().find(sample.tenant, sample.account.id()).orElseThrow();
            states.put(row.id(), row.status());
        }
        assertThat(reader.known).containsAllEntriesOf(states);
        assertThat(reader.crashes).isPositive();
    }

    private Store store(DataSource pool) {
        return JdbcStore.of(pool).withTablePrefix("late_").withTimeOffset(offset::get);
    }

    private static void write(Store node, List<Sample> samples) {
        for (int write = 0; write < WRITES; write++) {
            Sample sample = samples.get(ThreadLocalRandom.current().nextInt(ACCOUNTS));
            try {
                AccountRow row =
                        node.accounts().find(sample.tenant, sample.account.id()).orElseThrow();
                Write answer = node.accounts().mark(row.tenant(), row.id(), row.rowVersion(), Sample.id(), null);
                assertThat(answer).isIn(Write.DONE, Write.MOVED);
            } catch (StoreException e) {
                assertThat(e.isRetryable()).isTrue();
            }
        }
    }

    /** Small bites, and a cursor that is stored now and then only. */
    private static final class Reader {
        private final UpkeepStore store;
        private final Random random = new Random(7);
        private final Map<String, String> known = new HashMap<>();
        private long millis;
        private String id = "";
        private long storedMillis;
        private String storedId = "";
        private int crashes;

        Reader(UpkeepStore store) {
            this.store = store;
        }

        boolean read() {
            List<Change> changes = store.changes(millis, id, 1 + random.nextInt(3));
            if (changes.isEmpty()) {
                return false;
            }
            for (Change change : changes) {
                known.put(change.id(), change.status());
                millis = change.changedAt();
                id = change.id();
            }
            if (random.nextInt(4) == 0) {
                storedMillis = millis;
                storedId = id;
            } else if (random.nextInt(10) == 0) {
                crash();
            }
            return true;
        }

        /** What was not stored is forgotten, and met again. */
        void crash() {
            millis = storedMillis;
            id = storedId;
            crashes++;
        }

        void readAll() {
            while (read()) {
                // until nothing is left
            }
            storedMillis = millis;
            storedId = id;
            assertThat(read()).isFalse();
        }
    }

    /** A pool whose commits take up to some seconds of the database's time. */
    private DataSource delayed(DataSource pool) {
        return proxy(DataSource.class, pool, (method, answer) -> {
            if (!(answer instanceof Connection connection)) {
                return answer;
            }
            Object key = new Object();
            lent.put(key, offset.get());
            return proxy(Connection.class, connection, (verb, result) -> {
                if (verb.equals("close")) {
                    lent.remove(key);
                }
                return result;
            });
        });
    }

    private interface After {
        Object answer(String method, Object answer);
    }

    private <T> T proxy(Class<T> type, Object inner, After after) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        long until = offset.get() + ThreadLocalRandom.current().nextLong(7_000);
                        while (offset.get() < until && mayWait()) {
                            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
                        }
                    }
                    try {
                        return after.answer(method.getName(), method.invoke(inner, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private boolean mayWait() {
        long now = offset.get();
        return lent.values().stream().allMatch(since -> now - since < SLOWEST);
    }

    @Test
    void writeThatIsTooOldIsNotCommitted() {
        SchemaInstaller.install(database(), "late_");
        AtomicLong nanos = new AtomicLong();
        Sql sql = new Sql(database(), Sql.dialectOf(database()), "late_", null, nanos::get);
        Sample sample = new Sample(store(database()));
        Text count = sql.text("update bulla_account set row_version = row_version + 1 where id = ?");
        AtomicInteger runs = new AtomicInteger();
        int rows = sql.write((tx, again) -> {
            int changed = tx.update(count, sample.account.id());
            if (runs.incrementAndGet() == 1) {
                nanos.addAndGet(Sql.COMMIT_WITHIN_NANOS + 1);
            }
            return changed;
        });

        assertThat(rows).isEqualTo(1);
        assertThat(runs).hasValue(2);
        assertThat(store(database())
                        .accounts()
                        .find(sample.tenant, sample.account.id())
                        .orElseThrow()
                        .rowVersion())
                .isEqualTo(sample.account.rowVersion() + 1);
    }
}
