package dev.bulla.trail;

import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditHealth;
import dev.bulla.audit.AuditSettings.WhenFull;
import dev.bulla.audit.AuditSink;
import dev.bulla.error.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one sink is fed with: a bounded queue and a thread, which begins with the first entry. Thread-safe. */
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final int BATCH = 500;
    private static final int CHANGES = 10_000;
    private static final int TENANTS = 1_000;
    private static final long SKIPPED_EVERY = TimeUnit.SECONDS.toNanos(10);
    private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(5);

    private final String name;
    private final AuditSink sink;
    private final WhenFull full;
    private final int capacity;
    private final int enough; // to be written without waiting for more
    private final Clock clock;
    private final Runnable tellDropped;
    private final Runnable tellFailed;
    private final Semaphore room;
    private final Semaphore changes = new Semaphore(CHANGES);
    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    /** How many entries are missing since that was last written down. */
    private final ConcurrentHashMap<Gap, Long> gaps = new ConcurrentHashMap<>();

    private final AtomicLong written = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Semaphore hurry = new Semaphore(0);
    private final Thread thread;
    private volatile @Nullable Instant failingSince;
    private volatile @Nullable Instant writingSince;
    private long toldSkipped = System.nanoTime();

    /** @param reason why entries are missing, as it is written down */
    private record Gap(String tenant, String member, String reason) {
        boolean isLoss() {
            return reason.equals(Action.DROPPED.name());
        }
    }

    /** An entry and the room that it takes; or somebody who waits for all before. */
    private record Item(
            @Nullable AuditEntry entry,
            @Nullable Semaphore room,
            @Nullable CountDownLatch waiting) {}

    Feed(
            String name,
            AuditSink sink,
            WhenFull full,
            int capacity,
            Clock clock,
            Runnable tellDropped,
            Runnable tellFailed) {
        this.name = name;
        this.sink = sink;
        this.full = full;
        this.capacity = capacity;
        enough = Math.min(BATCH, capacity / 2);
        this.clock = clock;
        this.tellDropped = tellDropped;
        this.tellFailed = tellFailed;
        room = new Semaphore(capacity);
        thread = new Thread(this::run, "bulla-audit");
        thread.setDaemon(true);
    }

    AuditSink sink() {
        return sink;
    }

    WhenFull full() {
        return full;
    }

    boolean reserve() {
        return room.tryAcquire();
    }

    void giveBack() {
        room.release();
    }

    /** In room that was taken before. */
    void put(AuditEntry entry) {
        add(new Item(entry, room, null));
    }

    /** Refusals leave a quarter of the room alone: whoever is denied on purpose, again and again, stops nobody else's calls. */
    void denied(AuditEntry entry) {
        if (room.availablePermits() > capacity / 4 && room.tryAcquire()) {
            put(entry);
        } else {
            missed(entry.tenant());
        }
    }

    void changed(AuditEntry entry) {
        if (changes.tryAcquire()) {
            add(new Item(entry, changes, null));
        } else {
            missed(entry.tenant());
        }
    }

    void missed(String tenant) {
        dropped.incrementAndGet();
        if (gaps.keySet().stream().noneMatch(Gap::isLoss)) {
            LOG.warn("the audit's sink {} is too slow: entries are dropped from here on, and counted", name);
        }
        tellDropped.run();
        count(new Gap(tenant, "", Action.DROPPED.name()));
    }

    /** Of somebody who is refused again and again. */
    void skipped(String tenant, String member) {
        count(new Gap(tenant, member, ErrorCode.RATE_LIMITED.name()));
        start();
    }

    private void count(Gap gap) {
        if (gaps.size() < TENANTS || gaps.containsKey(gap)) {
            gaps.merge(gap, 1L, Long::sum);
        }
    }

    private void add(Item item) {
        queue.add(item);
        if (queue.size() >= enough) {
            hurry();
        }
        start();
    }

    private void start() {
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    void settle(Duration patience) {
        if (!started.get() || failingSince != null || !thread.isAlive() || hangs(patience)) {
            return;
        }
        CountDownLatch written = new CountDownLatch(1);
        queue.add(new Item(null, null, written));
        hurry();
        try {
            if (!written.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("the audit is read before everything is written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hangs(Duration patience) {
        Instant since = writingSince;
        return since != null && since.plus(patience).isBefore(clock.instant());
    }

    AuditHealth health() {
        return new AuditHealth(
                name,
                capacity - room.availablePermits(),
                written.get(),
                dropped.get(),
                Optional.ofNullable(failingSince),
                Optional.ofNullable(writingSince));
    }

    private void run() {
        try {
            while (!isEnding() || !queue.isEmpty() || isAwaited()) {
                Item first = queue.poll(LOOK, TimeUnit.NANOSECONDS);
                if (first != null) {
                    takeFrom(first);
                }
                tellGaps(isEnding());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether calls are under way that have taken their room, and have not come to their end. */
    private boolean isAwaited() {
        return room.availablePermits() < capacity;
    }

    private boolean isEnding() {
        return ending.getCount() == 0;
    }

    /** Gathers what comes within a moment, up to somebody who waits, and writes it. */
    private void takeFrom(Item first) throws InterruptedException {
        if (first.waiting() == null && queue.size() < enough && !isEnding()) {
            linger();
        }
        List<Item> batch = new ArrayList<>();
        for (Item item = first; item != null; item = queue.poll()) {
            batch.add(item);
            if (item.waiting() != null || batch.size() == BATCH) {
                break;
            }
        }
        write(batch.stream().map(Item::entry).filter(entry -> entry != null).toList());
        if (batch.get(batch.size() - 1).waiting() != null) {
            tellGaps(true);
        }
        for (Item item : batch) {
            if (item.room() != null) {
                item.room().release();
            }
            if (item.waiting() != null) {
                item.waiting().countDown();
            }
        }
    }

    /** Away from the queue, so that no call has a thread to wake. */
    private void linger() throws InterruptedException {
        if (hurry.tryAcquire(LINGER, TimeUnit.NANOSECONDS)) {
            hurry.drainPermits();
        }
    }

    private void hurry() {
        if (hurry.availablePermits() == 0) {
            hurry.release();
        }
    }

    /** Does not give up, but for an entry that the sink refuses by itself. */
    private void write(List<AuditEntry> entries) throws InterruptedException {
        int from = 0;
        int size = Math.max(entries.size(), 1);
        long pause = SHORTEST;
        while (from < entries.size()) {
            List<AuditEntry> part = entries.subList(from, Math.min(from + size, entries.size()));
            writingSince = clock.instant();
            try {
                sink.write(part);
                from += part.size();
                written.addAndGet(part.size());
                pause = SHORTEST;
                recovered();
            } catch (IllegalArgumentException e) {
                if (part.size() == 1) {
                    LOG.warn("the audit's sink {} refuses an entry; it is dropped, and counted", name);
                    missed(part.get(0).tenant());
                    from++;
                } else {
                    size = part.size() / 2;
                }
            } catch (Throwable e) {
                failing(e);
                writingSince = null;
                rest(pause);
                pause = Math.min(pause * 2, LONGEST);
            } finally {
                writingSince = null;
            }
        }
    }

    /** While closing, the thread is interrupted when the time for that is over. */
    private void rest(long nanos) throws InterruptedException {
        if (ending.await(nanos, TimeUnit.NANOSECONDS)) {
            TimeUnit.NANOSECONDS.sleep(SHORTEST);
        }
    }

    private void failing(Throwable e) {
        tellFailed.run();
        if (failingSince == null) {
            failingSince = clock.instant();
            LOG.error(
                    "the audit's sink {} failed with {}; it is tried again",
                    name,
                    e.getClass().getName());
        }
    }

    private void recovered() {
        if (failingSince != null) {
            failingSince = null;
            LOG.info("the audit's sink {} takes entries again", name);
        }
    }

    /**
     * So that whoever reads the audit of a tenant sees that something is not in it.
     *
     * @param all what was skipped too: of that there may be more each moment
     */
    private void tellGaps(boolean all) throws InterruptedException {
        if (gaps.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        boolean skipped = all || now - toldSkipped >= SKIPPED_EVERY;
        if (skipped) {
            toldSkipped = now;
        }
        List<AuditEntry> told = new ArrayList<>();
        for (Gap gap : List.copyOf(gaps.keySet())) {
            Long count = skipped || gap.isLoss() ? gaps.remove(gap) : null;
            if (count != null) {
                told.add(entry(gap, count));
            }
        }
        write(told);
    }

    private AuditEntry entry(Gap gap, long count) {
        return AuditEntry.of(
                clock.instant(),
                gap.tenant(),
                gap.member(),
                AuditEntry.Caller.unknown(),
                AuditEntry.Service.none(),
                AuditEntry.Act.of(Action.DROPPED).withTool("", "{\"entries\":" + count + "}"),
                gap.isLoss()
                        ? AuditEntry.Verdict.allow(gap.reason(), List.of())
                        : AuditEntry.Verdict.deny(gap.reason(), List.of(), ""));
    }

    void end() {
        ending.countDown();
        if (isAwaited()) {
            start();
        }
        queue.add(new Item(null, null, null)); // whoever waits for the next entry hears it at once
        hurry();
    }

    void join(long nanos) {
        if (!started.get()) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(nanos, 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
            int lost = capacity - room.availablePermits() + CHANGES - changes.availablePermits();
            LOG.error("closing did not wait for the audit's sink {}, or for calls: {} entries are lost", name, lost);
        }
    }
}
