package dev.bulla.foreignservers;

import dev.bulla.ApiRequest;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.key.MemberKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * One node of the host, a process of its own. It is told by lines what it needs, opens a session for each member, and from
 * {@code go} on makes calls at a fixed rate for members chosen at random, whatever became of the calls before. It tells by lines what
 * happened. It ends when it is told to, or when nobody is there any more to tell it.
 *
 * <ul>
 *   <li>{@code call LATE MILLIS RESULT}: a call that began LATE milliseconds after it was due and ended MILLIS after it was due, with
 *       a status or the code of an exception
 *   <li>{@code missed N}: calls that were not made, because this process found itself more than a second behind
 *   <li>{@code begin|end TIME TOKEN [OUTCOME]}: a refresh
 * </ul>
 */
final class Node implements Diary {
    private static final long BEHIND = TimeUnit.SECONDS.toNanos(1);
    private static final int WARM_ROUNDS = 10;

    private final PrintStream out;
    private final String me;
    private final List<Session> sessions = new ArrayList<>();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    /** Calls that have been handed out and have not been told. */
    private final AtomicInteger open = new AtomicInteger();

    private volatile boolean stopped;

    private Node(PrintStream out, String me) {
        this.out = out;
        this.me = me;
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Site site = new Site(URI.create(in.readLine()), in.readLine(), in.readLine(), Path.of(in.readLine()));
            long period = Long.parseLong(in.readLine());
            boolean warm = Boolean.parseBoolean(in.readLine());
            Node node = new Node(out, site.me());
            try (Site.Host host = site.open(10, node)) {
                node.run(host, in, period, warm);
            }
            out.println("done");
        }
    }

    private void run(Site.Host host, BufferedReader in, long period, boolean warm)
            throws IOException, InterruptedException {
        for (String line = in.readLine(); !line.equals("ready?"); line = in.readLine()) {
            String[] member = line.split(" ", 2);
            var known = host.bulla().tenant(Site.TENANT).member(member[0]);
            sessions.add(member.length == 1 ? known.session() : known.session(MemberKey.parse(member[1])));
        }
        for (int round = 0; warm && round < WARM_ROUNDS; round++) {
            sessions.forEach(session -> session.call(Site.CONNECTION, ApiRequest.get(me)));
        }
        out.println("ready");
        if (!"go".equals(in.readLine())) {
            return;
        }
        Thread metronome = new Thread(() -> tick(period), "metronome");
        metronome.start();
        String last = in.readLine();
        stopped = true;
        metronome.join();
        callers.shutdown();
        if (last != null && !callers.awaitTermination(90, TimeUnit.SECONDS)) {
            for (int left = open.get(); left > 0; left--) {
                out.println("call 0 90000 unfinished");
            }
        }
        sessions.forEach(Session::close);
    }

    private void tick(long period) {
        long due = System.nanoTime();
        while (!stopped) {
            long behind = System.nanoTime() - due;
            if (behind < 0) {
                LockSupport.parkNanos(-behind);
            } else if (behind > BEHIND) {
                long missed = behind / period;
                out.println("missed " + missed);
                due += missed * period;
            } else {
                long at = due;
                open.incrementAndGet();
                callers.execute(() -> call(at));
                due += period;
            }
        }
    }

    private void call(long due) {
        long late = System.nanoTime() - due;
        Session session = sessions.get(ThreadLocalRandom.current().nextInt(sessions.size()));
        String result;
        try {
            result = Integer.toString(
                    session.call(Site.CONNECTION, ApiRequest.get(me)).status());
        } catch (BullaException e) {
            result = e.code().name();
        } catch (RuntimeException e) {
            result = e.getClass().getName();
        }
        long whole = System.nanoTime() - due;
        out.println("call " + TimeUnit.NANOSECONDS.toMillis(late) + " " + TimeUnit.NANOSECONDS.toMillis(whole) + " "
                + result);
        open.decrementAndGet();
    }

    @Override
    public void begin(String token) {
        out.println("begin " + System.currentTimeMillis() + " " + token);
    }

    @Override
    public void end(String token, String outcome) {
        out.println("end " + System.currentTimeMillis() + " " + token + " " + outcome);
    }
}
