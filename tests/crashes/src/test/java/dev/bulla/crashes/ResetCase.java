package dev.bulla.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.key.MemberKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A process dies while a lost key is reset: in the write that ends the key, or while an account is cleared. */
final class ResetCase extends Case {
    /**
     * How it is.
     *
     * @param account the account that is being cleared, or -1 for the write that ends the key
     * @param again whether the reset is called again; else the next key ends it
     */
    record Setting(Step step, List<Service> services, int account, boolean again) {
        String words() {
            return "reset: " + (account < 0 ? "key" : "clearing") + ", " + step.words;
        }
    }

    private final Setting setting;
    private final List<Line> lines = new ArrayList<>();
    private @Nullable MemberKey lost;

    ResetCase(Ground ground, String member, Setting setting) {
        super(ground, setting.words(), member);
        this.setting = setting;
    }

    @Override
    void prepare() {
        lost = person.newKey();
        setting.services().forEach(service -> lines.add(person.connect(service, Service.Moments.LONG)));
    }

    @Override
    void strike(WorkerProcess worker) {
        String gate = setting.step().gate(setting.account() < 0 ? "key" : "clear");
        String whose = setting.account() < 0
                ? person.id
                : person.row(setting.services().get(setting.account())).id();
        worker.order("arm", gate, whose);
        worker.order("reset", person.id);
        worker.await("AT " + gate + " " + whose);
    }

    @Override
    void afterKill() {
        boolean lives = setting.account() < 0 && !setting.step().isWritten();
        MemberKey key = Objects.requireNonNull(lost);
        assertThat(person.unlocks(key)).as("the lost key").isEqualTo(lives);
        if (lives) {
            person.assertRecordsOpen();
        }
    }

    @Override
    void afterClaims() {
        if (setting.again() || person.member().keys().status().isPresent()) {
            person.member().keys().reset();
        }
        person.key = null;
        person.newKey();
        assertThat(person.unlocks(Objects.requireNonNull(lost))).isFalse();
        for (Line line : lines) {
            assertThat(person.standing(line.service)).isEqualTo("key_reset");
            assertThat(person.row(line.service).sealed()).isNull();
            assertThat(person.call(line.service)).isEqualTo("key_reset");
            assertSeen(line, 0);
        }
        lines.replaceAll(line -> person.connect(line.service, Service.Moments.LONG));
    }

    @Override
    void afterEnd() {
        for (Line line : lines) {
            assertThat(person.standing(line.service)).isEqualTo("ACTIVE");
            assertThat(person.call(line.service)).isEqualTo("200");
        }
    }

    @Override
    void goesOn() {
        lines.forEach(line -> assertGood(person, line));
    }

    @Override
    String outcome() {
        return "key_reset, then " + person.standing(lines.get(0).service);
    }
}
