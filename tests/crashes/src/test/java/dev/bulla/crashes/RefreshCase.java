package dev.bulla.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A process dies in the refresh of one account; another one may die in the refresh that follows. */
final class RefreshCase extends Case {
    /**
     * How it is.
     *
     * @param first where the process dies; null for anywhere
     * @param second where the next process dies; null for nowhere
     * @param ended whether the access token has ended when the first one uses it; otherwise it is due and lives
     * @param sealed whether the account is sealed to the member's key
     * @param late whether nobody comes until grace is over and access tokens have ended
     */
    record Setting(
            Service service,
            @Nullable RefreshPoint first,
            @Nullable RefreshPoint second,
            boolean ended,
            boolean sealed,
            boolean late) {
        String words() {
            String where = first == null ? "anywhere" : first.words;
            return "refresh: " + where + (second == null ? "" : ", twice");
        }
    }

    private final Setting setting;
    private final Service service;
    private final Expected expected;
    private Line line;
    private List<CompletableFuture<String>> waiting = List.of();
    private boolean done;
    private boolean again;

    RefreshCase(Ground ground, String member, Setting setting) {
        super(ground, setting.words(), member);
        this.setting = setting;
        this.service = setting.service();
        this.expected = new Expected(service);
        this.line = new Line(service);
    }

    @Override
    void prepare() {
        if (setting.sealed()) {
            person.newKey();
        }
        line = person.connect(service, setting.ended() ? Service.Moments.SHORT : Service.Moments.MIDDLE);
    }

    @Override
    void strike(WorkerProcess worker) {
        if (setting.first() == null) {
            worker.order(person.with("use", person.id, service.id()));
        } else {
            strike(worker, setting.first());
            expected.died(setting.first().left);
        }
    }

    private void strike(WorkerProcess worker, RefreshPoint point) {
        String id = person.row(service).id();
        if (point.isHeldByRelay()) {
            ground.relay.hold(point.gate, line.first());
        } else {
            worker.order("arm", point.gate, id);
        }
        worker.order(person.with("use", person.id, service.id()));
        if (point.isHeldByRelay()) {
            Waits.until(this + " is held", () -> ground.relay.isHeld(point.gate, line.first()));
        } else {
            worker.await("AT " + point.gate + " " + id);
        }
    }

    @Override
    void afterKill() {
        AccountRow row = person.row(service);
        boolean held = row.claim().until() > row.now();
        if (setting.first() == null) {
            boolean stored = row.sealNo() > 1;
            int redeemed = ground.redemptions(service, line.first());
            assertThat(stored || redeemed <= row.claim().attempts())
                    .as("announced before it was sent")
                    .isTrue();
            expected.found(row.claim().attempts(), redeemed, stored);
        }
        if (setting.second() != null || setting.late()) {
            return;
        }
        if (setting.ended()) {
            waiting = person.calls(service);
        } else {
            assertThat(person.call(service)).as("the token lives").isEqualTo("200");
        }
        if (!held) {
            takenUp();
        }
    }

    @Override
    void afterClaims() {
        if (setting.second() == null && !done) {
            takenUp();
        }
    }

    /** Time is not moved before this is over: a survivor's own claim must not end while it is at work. */
    private void takenUp() {
        done = true;
        boolean ended = setting.ended() || setting.late();
        List<String> results = Person.results(waiting.isEmpty() ? person.calls(service) : waiting);
        expected.used(ended, !setting.late());
        assertThat(results)
                .as("survivors at once")
                .containsOnly(expected.standing().equals("ACTIVE") ? "200" : expected.standing());
        Waits.until(
                () -> this + " is settled; stored " + expected.isStored() + ", row " + person.row(service),
                () -> person.row(service).sealNo() > 1 == expected.isStored());
    }

    @Override
    void strikeAgain(WorkerProcess worker) {
        RefreshPoint second = setting.second();
        if (second != null && expected.leadsTo(second, true)) {
            again = true;
            strike(worker, second);
            expected.died(second.left);
        }
    }

    @Override
    void afterEnd() {
        List<String> results = Person.results(person.calls(service));
        expected.used(true, setting.second() != null);
        assertThat(results).as("survivors").containsOnly(expected.isStored() ? "200" : expected.standing());
        assertThat(person.standing(service)).isEqualTo(expected.standing());
        assertSeen(line, expected.redeemed());
    }

    @Override
    void goesOn() {
        if (expected.isStored()) {
            assertGood(person, line);
        }
    }

    @Override
    String outcome() {
        boolean spared = setting.second() != null && !again;
        return person.standing(service) + (spared ? ", not under way at the second kill" : "");
    }
}
