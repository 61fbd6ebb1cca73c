package dev.bulla.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A process dies while it sweeps accounts of all services: between two of them, or in the refresh of one. The others sweep on. It is
 * alone in its round, because a sweep takes what is due, whosever it is.
 */
final class SweepCase extends Case {
    /**
     * How it is.
     *
     * @param inside where it dies in the refresh of one account; null for between two of them
     * @param ended whether the access tokens have ended
     */
    record Setting(@Nullable RefreshPoint inside, boolean ended) {
        String words() {
            return "sweep: " + (inside == null ? "between two accounts" : inside.words);
        }
    }

    private final Setting setting;
    private final Map<Service, Line> lines = new LinkedHashMap<>();
    private final Map<Service, Expected> expected = new LinkedHashMap<>();

    SweepCase(Ground ground, String member, Setting setting) {
        super(ground, setting.words(), member);
        this.setting = setting;
    }

    @Override
    void prepare() {
        for (Service service : Service.values()) {
            lines.put(
                    service, person.connect(service, setting.ended() ? Service.Moments.SHORT : Service.Moments.MIDDLE));
            expected.put(service, new Expected(service));
        }
    }

    @Override
    void strike(WorkerProcess worker) {
        RefreshPoint inside = setting.inside();
        if (inside == null) {
            worker.order("arm", "sweep.between", "*");
        } else {
            lines.forEach((service, line) -> {
                if (inside.isHeldByRelay()) {
                    ground.relay.hold(inside.gate, line.first());
                } else {
                    worker.order("arm", inside.gate, person.row(service).id());
                }
            });
        }
        worker.order("sweep", "100");
        Waits.until(() -> this + " stands at its point", () -> stands(worker) != null);
        Service service = Objects.requireNonNull(stands(worker));
        expected(service).died(inside == null ? RefreshPoint.Left.STORED : inside.left);
    }

    /** The account that the sweep has come to. */
    private @Nullable Service stands(WorkerProcess worker) {
        RefreshPoint inside = setting.inside();
        return lines.keySet().stream()
                .filter(service -> {
                    if (inside == null) {
                        return worker.hasSaid("AT sweep.between *")
                                && person.row(service).sealNo() > 1;
                    }
                    return inside.isHeldByRelay()
                            ? ground.relay.isHeld(inside.gate, line(service).first())
                            : worker.hasSaid("AT " + inside.gate + " "
                                    + person.row(service).id());
                })
                .findFirst()
                .orElse(null);
    }

    private Line line(Service service) {
        return Objects.requireNonNull(lines.get(service));
    }

    private Expected expected(Service service) {
        return Objects.requireNonNull(expected.get(service));
    }

    @Override
    void afterClaims() {
        List<CompletableFuture<Void>> sweeps = ground.nodes.stream()
                .map(node -> CompletableFuture.runAsync(
                        () -> node.maintenance().refreshDue(100), work -> new Thread(work).start()))
                .toList();
        sweeps.forEach(CompletableFuture::join);
        for (Service service : lines.keySet()) {
            expected(service).used(setting.ended(), true);
            assertThat(person.row(service).sealNo() > 1)
                    .as("%s was refreshed by the sweep", service)
                    .isEqualTo(expected(service).isStored());
        }
    }

    @Override
    void afterEnd() {
        ground.nodes.get(0).maintenance().refreshDue(100);
        for (Service service : lines.keySet()) {
            Expected account = expected(service);
            account.used(true, false);
            assertThat(person.call(service)).isEqualTo(account.isStored() ? "200" : account.standing());
            assertThat(person.standing(service)).isEqualTo(account.standing());
            assertSeen(line(service), account.redeemed());
        }
    }

    @Override
    void goesOn() {
        for (Service service : lines.keySet()) {
            if (expected(service).isStored()) {
                assertGood(person, line(service));
            }
        }
    }

    @Override
    String outcome() {
        return lines.keySet().stream()
                .map(person::standing)
                .filter(standing -> !standing.equals("ACTIVE"))
                .findFirst()
                .map(standing -> "ACTIVE, one " + standing)
                .orElse("ACTIVE");
    }
}
