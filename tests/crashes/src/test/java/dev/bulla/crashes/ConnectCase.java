package dev.bulla.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
import dev.bulla.store.AccountRow;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A process dies in a callback: in the exchange, between exchange and store, or in the write. */
final class ConnectCase extends Case {
    /**
     * How it is.
     *
     * @param reconnect whether there is an account already
     * @param held where the relay holds the exchange, or null
     * @param step where it dies in the write, where the relay holds nothing
     */
    record Setting(
            Service service,
            boolean reconnect,
            boolean sealed,
            @Nullable String held,
            Step step) {
        String words() {
            String where = held == null
                    ? step == Step.BEFORE ? "between exchange and store" : "write, " + step.words
                    : held.equals(Relay.RECEIVED)
                            ? "exchange sent, not carried out"
                            : "exchange carried out, not answered";
            return (reconnect ? "reconnect: " : "connect: ") + where;
        }
    }

    private final Setting setting;
    private final Service service;
    private final boolean stored;
    private @Nullable Line former;
    private Line line;
    private Person.@Nullable Trip trip;
    private long before;

    ConnectCase(Ground ground, String member, Setting setting) {
        super(ground, setting.words(), member);
        this.setting = setting;
        this.service = setting.service();
        this.stored = setting.held() == null && setting.step().isWritten();
        this.line = new Line(service);
    }

    @Override
    void prepare() {
        if (setting.sealed()) {
            person.newKey();
        }
        if (setting.reconnect()) {
            line = person.connect(service, Service.Moments.LONG);
            former = line;
            before = person.row(service).sealNo();
        }
    }

    @Override
    void strike(WorkerProcess worker) {
        Person.Trip begun = person.trip(service, Service.Moments.LONG);
        trip = begun;
        String held = setting.held();
        String gate = setting.step().gate("keep");
        if (held == null) {
            worker.order("arm", gate, person.id);
        } else {
            ground.relay.hold(held, begun.code());
        }
        Map.Entry<String, String> cookie =
                begun.request().cookies().entrySet().iterator().next();
        worker.order("complete", person.id, begun.path(), begun.request().query(), cookie.getKey(), cookie.getValue());
        if (held == null) {
            worker.await("AT " + gate + " " + person.id);
        } else {
            Waits.until(this + " is held", () -> ground.relay.isHeld(held, begun.code()));
        }
    }

    @Override
    void afterKill() {
        Person.Trip begun = Objects.requireNonNull(trip);
        assertThat(person.member().complete(begun.request()).outcome())
                .as("a state is taken once")
                .isEqualTo(new Landing.Failed(ConnectError.SESSION_EXPIRED, "state_used"));
        if (stored) {
            line = ground.relay.line(begun.code());
        }
        if (stored || setting.reconnect()) {
            AccountRow row = person.row(service);
            assertThat(row.status()).isEqualTo("ACTIVE");
            assertThat(row.sealNo()).isEqualTo(before + (stored ? 1 : 0));
            assertThat(person.call(service)).isEqualTo("200");
        } else {
            assertThat(person.member().accounts()).isEmpty();
        }
    }

    @Override
    void afterClaims() {
        if (!stored && !setting.reconnect()) {
            line = person.connect(service, Service.Moments.LONG);
        }
    }

    @Override
    void afterEnd() {
        assertThat(person.standing(service)).isEqualTo("ACTIVE");
        assertThat(person.call(service)).isEqualTo("200");
        Line old = former;
        if (old != null) {
            assertSeen(old, 0);
        }
    }

    @Override
    void goesOn() {
        assertGood(person, line);
    }

    @Override
    String locks() {
        boolean inserts = setting.held() == null && !setting.reconnect();
        return inserts && setting.step() == Step.OPEN ? service.id() : "";
    }

    @Override
    String outcome() {
        return person.standing(service)
                + (stored ? ", new grant" : setting.reconnect() ? ", old grant" : ", connected again");
    }
}
