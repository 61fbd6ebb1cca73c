package dev.bulla.crashes;

import static org.assertj.core.api.Assertions.assertThat;

/** A process dies in a disconnect, when the service has ended the tokens: before, in or after the write that clears the account. */
final class DisconnectCase extends Case {
    /**
     * How it is.
     *
     * @param used whether somebody uses the account before it is disconnected again
     */
    record Setting(Service service, Step step, boolean sealed, boolean used) {}

    private final Setting setting;
    private final Service service;
    private Line line;
    private String became = "";

    DisconnectCase(Ground ground, String member, Setting setting) {
        super(ground, "disconnect, revoked: clearing, " + setting.step().words, member);
        this.setting = setting;
        this.service = setting.service();
        this.line = new Line(service);
    }

    @Override
    void prepare() {
        if (setting.sealed()) {
            person.newKey();
        }
        line = person.connect(service, Service.Moments.LONG);
    }

    @Override
    void strike(WorkerProcess worker) {
        String id = person.row(service).id();
        worker.order("arm", setting.step().gate("clear"), id);
        worker.order(person.with("disconnect", person.id, service.id()));
        worker.await("AT " + setting.step().gate("clear") + " " + id);
    }

    @Override
    void afterClaims() {
        if (setting.step().isWritten()) {
            assertThat(person.standing(service)).isEqualTo("DISCONNECTED");
            assertThat(person.call(service)).isEqualTo("NOT_CONNECTED");
        } else {
            assertThat(person.standing(service)).isEqualTo("ACTIVE");
            if (setting.used()) {
                assertThat(Person.results(person.calls(service))).containsOnly("grant_revoked");
                assertThat(person.standing(service)).isEqualTo("grant_revoked");
                became = "grant_revoked, then ";
            }
            person.disconnect(service);
        }
        assertSeen(line, !setting.step().isWritten() && setting.used() ? 1 : 0);
        assertThat(person.row(service).sealed()).isNull();
        became += person.standing(service);
        assertThat(became).endsWith("DISCONNECTED");
        line = person.connect(service, Service.Moments.LONG);
    }

    @Override
    void afterEnd() {
        assertThat(person.standing(service)).isEqualTo("ACTIVE");
        assertThat(person.call(service)).isEqualTo("200");
    }

    @Override
    void goesOn() {
        assertGood(person, line);
    }

    @Override
    String outcome() {
        return became + ", then " + person.standing(service);
    }
}
