package dev.bulla.crashes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Makes rounds: by hand, or by luck that a seed repeats. Not thread-safe. */
final class Plan {
    private final Ground ground;
    private final Spares spares;
    private int members;

    Plan(Ground ground, Spares spares) {
        this.ground = ground;
        this.spares = spares;
    }

    /** A round with its cases. */
    record Made(Round round, List<Case> cases) {}

    /** Makes a case for a member of its own. */
    interface Making extends Function<String, Case> {}

    Making refresh(RefreshCase.Setting setting) {
        return member -> new RefreshCase(ground, member, setting);
    }

    Making key(KeyCase.Setting setting) {
        return member -> new KeyCase(ground, member, setting);
    }

    Making reset(ResetCase.Setting setting) {
        return member -> new ResetCase(ground, member, setting);
    }

    Making disconnect(DisconnectCase.Setting setting) {
        return member -> new DisconnectCase(ground, member, setting);
    }

    Making connect(ConnectCase.Setting setting) {
        return member -> new ConnectCase(ground, member, setting);
    }

    Making sweep(SweepCase.Setting setting) {
        return member -> new SweepCase(ground, member, setting);
    }

    Making paused() {
        return member -> new PausedCase(ground, member);
    }

    Made round(Round.Way way, Duration luck, List<Making> makings) {
        List<Case> cases = new ArrayList<>();
        List<Case> last = new ArrayList<>();
        for (Making making : makings) {
            Case one = making.apply("member-" + ++members);
            if (one.locks().isEmpty()) {
                cases.add(one);
            } else if (last.stream().noneMatch(other -> other.locks().equals(one.locks()))) {
                last.add(one);
            }
        }
        cases.addAll(last);
        return new Made(new Round(ground, spares, cases, way, luck), cases);
    }

    /** The round of this seed. */
    Made lucky(long seed) {
        Random luck = new Random(new SplittableRandom(seed).nextLong());
        int dice = luck.nextInt(100);
        if (dice < 2) {
            return round(Round.Way.AT_POINTS, Duration.ZERO, List.of(paused()));
        } else if (dice < 10) {
            RefreshPoint inside = luck.nextInt(4) == 0 ? null : one(luck, RefreshPoint.values());
            return round(
                    Round.Way.AT_POINTS,
                    Duration.ZERO,
                    List.of(sweep(new SweepCase.Setting(inside, luck.nextBoolean()))));
        }
        Round.Way way = dice < 22
                ? Round.Way.ANYWHERE
                : dice < 34 ? Round.Way.TWICE : dice < 44 ? Round.Way.LATE : Round.Way.AT_POINTS;
        List<Making> makings = new ArrayList<>();
        for (int left = 3 + luck.nextInt(4); left > 0; left--) {
            makings.add(way == Round.Way.ANYWHERE || way == Round.Way.TWICE ? refresh(luck, way) : any(luck, way));
        }
        return round(way, Duration.ofMillis(luck.nextInt(250)), makings);
    }

    private Making any(Random luck, Round.Way way) {
        int dice = luck.nextInt(100);
        Service service = one(luck, Service.values());
        Step step = one(luck, Step.values());
        if (dice < 60) {
            return refresh(luck, way);
        } else if (dice < 74) {
            return key(new KeyCase.Setting(
                    luck.nextBoolean(), one(luck, KeyCase.What.values()), step, two(luck), luck.nextInt(2)));
        } else if (dice < 80) {
            return reset(new ResetCase.Setting(step, two(luck), luck.nextInt(3) - 1, luck.nextBoolean()));
        } else if (dice < 87) {
            return disconnect(new DisconnectCase.Setting(service, step, luck.nextBoolean(), luck.nextBoolean()));
        }
        String held = luck.nextInt(3) > 0 ? null : luck.nextBoolean() ? Relay.RECEIVED : Relay.CARRIED_OUT;
        return connect(new ConnectCase.Setting(service, luck.nextInt(4) > 0, luck.nextBoolean(), held, step));
    }

    private Making refresh(Random luck, Round.Way way) {
        return refresh(new RefreshCase.Setting(
                one(luck, Service.values()),
                way == Round.Way.ANYWHERE ? null : one(luck, RefreshPoint.values()),
                way == Round.Way.TWICE ? one(luck, RefreshPoint.values()) : null,
                luck.nextBoolean(),
                luck.nextBoolean(),
                way == Round.Way.LATE));
    }

    private static List<Service> two(Random luck) {
        int first = luck.nextInt(4);
        return List.of(Service.values()[first], Service.values()[(first + 1 + luck.nextInt(3)) % 4]);
    }

    private static <T> T one(Random luck, T[] values) {
        return values[luck.nextInt(values.length)];
    }
}
