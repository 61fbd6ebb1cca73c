package dev.bulla.crashes;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.key.MemberKey;
import dev.bulla.model.CallbackRequest;
import dev.bulla.store.jdbc.JdbcStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process to be killed: a node of the host that does what it is told on its standard input, a line for each thing and a thread for
 * each line, and says on its standard output when it stands at a point.
 */
final class Worker {
    private static final PrintStream OUT = System.out;

    private final Gate gate = new Gate();
    private final GatedStore gates = new GatedStore(gate);
    private final AtomicLong offset = new AtomicLong();
    private final Bulla bulla;

    private Worker(Net net, String name) {
        Clock clock = Clock.systemUTC();
        bulla = net.node(
                gates.around(JdbcStore.of(gates.around(net.pool(name, 10))).withTimeOffset(offset::get)),
                clock,
                refresher -> new GatedRefresher(refresher, gate, gates::claimed));
    }

    static void say(String line) {
        OUT.println(line);
        OUT.flush();
    }

    public static void main(String... arguments) throws IOException {
        Worker worker = new Worker(Net.of(arguments), arguments[4]);
        say("READY");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            worker.obey(line.split(" "));
        }
        Runtime.getRuntime().halt(0); // whoever gives the orders is gone
    }

    private void obey(String... order) {
        switch (order[0]) {
            case "time" -> offset.set(Long.parseLong(order[1]));
            case "arm" -> gate.arm(order[1] + " " + order[2]);
            case "open" -> gate.open();
            case "quit" -> System.exit(0);
            default -> new Thread(() -> tell(order)).start();
        }
    }

    private void tell(String... order) {
        String result;
        try {
            result = carryOut(order);
        } catch (BullaException e) {
            result = e.code().name();
        } catch (RuntimeException e) {
            result = e.toString();
        }
        say("DONE " + order[0] + " " + order[1] + " " + result);
    }

    private String carryOut(String... order) {
        if (order[0].equals("sweep")) {
            gates.sweeping();
            return bulla.maintenance().refreshDue(Integer.parseInt(order[1])).toString();
        }
        Member member = bulla.tenant(Net.TENANT).member(order[1]);
        return switch (order[0]) {
            case "use" -> use(member, order);
            case "issue" -> shown(order[1], member.keys().issue().text());
            case "rotate" ->
                shown(order[1], member.keys().rotate(MemberKey.parse(order[2])).text());
            case "confirm" -> {
                member.keys().confirm(MemberKey.parse(order[2]));
                yield "";
            }
            case "reset" -> member.keys().reset().size() + " cleared";
            case "disconnect" -> {
                try (Session session = session(member, order)) {
                    yield session.disconnect(order[2]).revocation().name();
                }
            }
            case "complete" ->
                member.complete(CallbackRequest.of(order[2], order[3], Map.of(order[4], order[5])))
                        .outcome()
                        .getClass()
                        .getSimpleName();
            default -> throw new IllegalArgumentException(order[0]);
        };
    }

    private static String use(Member member, String... order) {
        try (Session session = session(member, order)) {
            return String.valueOf(
                    session.call(order[2], ApiRequest.get("/api/me")).status());
        }
    }

    private static Session session(Member member, String... order) {
        return order.length > 3 ? member.session(MemberKey.parse(order[3])) : member.session();
    }

    private static String shown(String member, String key) {
        say("KEY " + member + " " + key.replace(" ", "-"));
        return Duration.ZERO.toString();
    }
}
