package dev.bulla.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.key.MemberKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A process dies while a member with several accounts gets a first key, or another one. */
final class KeyCase extends Case {
    /** The writes of a change of the key. */
    enum What {
        OFFER("offer"),
        CONFIRM("confirm"),
        RESEAL_CLAIM("re-seal, claim"),
        RESEAL("re-seal, write");

        private final String words;

        What(String words) {
            this.words = words;
        }
    }

    /**
     * How it is.
     *
     * @param rotation whether there is a key already
     * @param account the account that is being sealed again, of those that there are
     */
    record Setting(boolean rotation, What what, Step step, List<Service> services, int account) {
        String words() {
            return (rotation ? "key rotation: " : "first key: ") + what.words + ", " + step.words;
        }
    }

    private final Setting setting;
    private final List<Line> lines = new ArrayList<>();
    private @Nullable MemberKey old;
    private @Nullable MemberKey next;

    KeyCase(Ground ground, String member, Setting setting) {
        super(ground, setting.words(), member);
        this.setting = setting;
    }

    @Override
    void prepare() {
        old = setting.rotation() ? person.newKey() : null;
        setting.services().forEach(service -> lines.add(person.connect(service, Service.Moments.LONG)));
    }

    @Override
    void strike(WorkerProcess worker) {
        String point = point();
        if (setting.what() == What.OFFER) {
            worker.order("arm", point.split(" ")[0], person.id);
        }
        worker.order(person.with(setting.rotation() ? "rotate" : "issue", person.id));
        if (setting.what() != What.OFFER) {
            next = MemberKey.parse(worker.await("KEY " + person.id + " ").split(" ")[2]);
            worker.order("arm", point.split(" ")[0], point.split(" ")[1]);
            worker.order("confirm", person.id, next.revealText().replace(" ", "-"));
        }
        worker.await("AT " + point);
    }

    private String point() {
        String account = person.row(setting.services().get(setting.account())).id();
        return switch (setting.what()) {
            case OFFER, CONFIRM -> setting.step().gate("key") + " " + person.id;
            case RESEAL_CLAIM -> setting.step().gate("reseal-claim") + " " + account;
            case RESEAL -> setting.step().gate("reseal") + " " + account;
        };
    }

    private boolean counts() {
        return switch (setting.what()) {
            case OFFER -> false;
            case CONFIRM -> setting.step().isWritten();
            case RESEAL_CLAIM, RESEAL -> true;
        };
    }

    @Override
    void afterKill() {
        MemberKey former = old;
        if (counts()) {
            assertThat(former != null && person.unlocks(former))
                    .as("the old key")
                    .isFalse();
            person.key = next;
        }
        int number =
                person.member().keys().status().map(status -> status.number()).orElse(0);
        assertThat(number).isEqualTo((former == null ? 0 : 1) + (counts() ? 1 : 0));
        opens();
    }

    private void opens() {
        lines.forEach(line -> assertThat(person.call(line.service)).isEqualTo("200"));
    }

    @Override
    void afterClaims() {
        MemberKey shown = next;
        if (shown == null) {
            person.newKey();
        } else {
            person.member().keys().confirm(shown);
            person.key = shown;
        }
        MemberKey former = old;
        assertThat(former != null && person.unlocks(former)).as("the old key").isFalse();
        opens();
        int number = setting.rotation() ? 2 : 1;
        lines.forEach(line -> Waits.until(
                () -> this + " is sealed to key " + number + ": " + person.row(line.service),
                () -> person.row(line.service).keyNo() == number));
    }

    /** What the host could read before is replaced at the service, once; what it could not is left alone. */
    @Override
    void afterEnd() {
        for (Line line : lines) {
            int times = setting.rotation() || line.service == Service.STATIC ? 0 : 1;
            Waits.until(
                    this + " is replaced at " + line.service,
                    () -> person.row(line.service).sealNo() == 2 + times);
            assertThat(person.standing(line.service)).isEqualTo("ACTIVE");
            assertSeen(line, times);
        }
        opens();
    }

    @Override
    void goesOn() {
        lines.forEach(line -> assertGood(person, line));
    }

    @Override
    String outcome() {
        return lines.stream()
                .map(line -> person.standing(line.service))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
