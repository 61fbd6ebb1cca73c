package dev.bulla.crashes;

import dev.bulla.crashes.KeyCase.What;
import dev.bulla.crashes.Round.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Every point at every kind of service. */
@EnabledIfSystemProperty(
        named = "bulla.crashes",
        matches = "all",
        disabledReason = "kills processes for more than a minute: run with -Pfull, or tests/crashes/run")
class CrashTest {
    /** How many cases one process dies of. */
    private static final int AT_ONCE = 8;

    private static Ground ground;
    private static Spares spares;
    private static Plan plan;

    @BeforeAll
    static void start() throws IOException {
        ground = new Ground();
        spares = new Spares(ground.net, Files.createDirectories(Path.of("target", "workers")));
        plan = new Plan(ground, spares);
    }

    @AfterAll
    static void close() throws IOException {
        if (spares != null) {
            spares.close();
        }
        if (ground != null) {
            ground.close();
        }
        Person.forgetBrowsers();
    }

    private static void kill(Way way, List<Plan.Making> makings) {
        for (int from = 0; from < makings.size(); from += AT_ONCE) {
            List<Plan.Making> some = makings.subList(from, Math.min(makings.size(), from + AT_ONCE));
            plan.round(way, Duration.ofMillis(from * 8L), some).round().run();
        }
    }

    private static void refreshes(Way way, boolean ended) {
        List<Plan.Making> makings = new ArrayList<>();
        for (RefreshPoint point : RefreshPoint.values()) {
            for (Service service : Service.values()) {
                boolean sealed = (point.ordinal() + service.ordinal()) % 2 == 0;
                makings.add(
                        plan.refresh(new RefreshCase.Setting(service, point, null, ended, sealed, way == Way.LATE)));
            }
        }
        kill(way, makings);
    }

    @Test
    void refreshOfATokenThatHasEnded() {
        refreshes(Way.AT_POINTS, true);
    }

    @Test
    void refreshOfATokenThatLives() {
        refreshes(Way.AT_POINTS, false);
    }

    @Test
    void refreshThatNobodyTakesUpBeforeGraceIsOver() {
        refreshes(Way.LATE, false);
    }

    @Test
    void refreshWhoseNextProcessDiesToo() {
        List<Plan.Making> makings = new ArrayList<>();
        RefreshPoint[][] pairs = {
            {RefreshPoint.AFTER_CLAIM, RefreshPoint.AFTER_CLAIM},
            {RefreshPoint.CARRIED_OUT, RefreshPoint.CARRIED_OUT},
            {RefreshPoint.RECEIVED, RefreshPoint.SEALED},
            {RefreshPoint.NOT_SENT, RefreshPoint.WRITE_DONE}
        };
        for (RefreshPoint[] pair : pairs) {
            for (Service service : Service.values()) {
                makings.add(plan.refresh(
                        new RefreshCase.Setting(service, pair[0], pair[1], pair[0] == pair[1], false, false)));
            }
        }
        kill(Way.TWICE, makings);
    }

    @Test
    void refreshAnywhere() {
        List<Plan.Making> makings = new ArrayList<>();
        for (int i = 0; i < 3 * AT_ONCE; i++) {
            makings.add(plan.refresh(
                    new RefreshCase.Setting(Service.values()[i % 4], null, null, i % 8 < 4, i % 3 == 0, false)));
        }
        kill(Way.ANYWHERE, makings);
    }

    @Test
    void processPausedForAMinuteWithItsClaimSendsNothing() {
        kill(Way.AT_POINTS, List.of(plan.paused()));
    }

    @Test
    void keyIssuedOrRotated() {
        List<Plan.Making> makings = new ArrayList<>();
        for (boolean rotation : new boolean[] {false, true}) {
            for (What what : What.values()) {
                for (Step step : Step.values()) {
                    int first = makings.size();
                    List<Service> services = List.of(Service.values()[first % 4], Service.values()[(first + 1) % 4]);
                    makings.add(plan.key(new KeyCase.Setting(rotation, what, step, services, first / 4 % 2)));
                }
            }
        }
        kill(Way.AT_POINTS, makings);
    }

    @Test
    void keyReset() {
        List<Plan.Making> makings = new ArrayList<>();
        for (int account = -1; account < 2; account++) {
            for (Step step : Step.values()) {
                List<Service> services = List.of(Service.STRICT, Service.values()[1 + makings.size() % 3]);
                makings.add(plan.reset(new ResetCase.Setting(step, services, account, makings.size() % 2 == 0)));
            }
        }
        kill(Way.AT_POINTS, makings);
    }

    @Test
    void sweep() {
        kill(Way.AT_POINTS, List.of(plan.sweep(new SweepCase.Setting(null, true))));
        kill(Way.AT_POINTS, List.of(plan.sweep(new SweepCase.Setting(RefreshPoint.AFTER_CLAIM, false))));
        kill(Way.AT_POINTS, List.of(plan.sweep(new SweepCase.Setting(RefreshPoint.CARRIED_OUT, true))));
        kill(Way.AT_POINTS, List.of(plan.sweep(new SweepCase.Setting(RefreshPoint.SEALED, false))));
        kill(Way.AT_POINTS, List.of(plan.sweep(new SweepCase.Setting(RefreshPoint.WRITE_DONE, true))));
    }

    @Test
    void disconnectBetweenRevokingAndClearing() {
        List<Plan.Making> makings = new ArrayList<>();
        for (Step step : Step.values()) {
            for (Service service : Service.values()) {
                boolean odd = (step.ordinal() + service.ordinal()) % 2 == 1;
                makings.add(plan.disconnect(new DisconnectCase.Setting(service, step, odd, service.ordinal() < 2)));
            }
        }
        kill(Way.AT_POINTS, makings);
    }

    @Test
    void callbackBetweenExchangeAndStore() {
        List<Plan.Making> makings = new ArrayList<>();
        for (boolean reconnect : new boolean[] {false, true}) {
            for (Service service : Service.values()) {
                makings.add(plan.connect(
                        new ConnectCase.Setting(service, reconnect, service.ordinal() % 2 == 0, null, Step.BEFORE)));
            }
        }
        kill(Way.AT_POINTS, makings);
    }

    @Test
    void callbackAtEveryOtherPoint() {
        List<Plan.Making> makings = new ArrayList<>();
        for (boolean reconnect : new boolean[] {false, true}) {
            for (Service service : Service.values()) {
                for (String held : new String[] {Relay.RECEIVED, Relay.CARRIED_OUT}) {
                    makings.add(plan.connect(new ConnectCase.Setting(service, reconnect, false, held, Step.BEFORE)));
                }
                for (Step step : new Step[] {Step.OPEN, Step.DONE, Step.AFTER}) {
                    makings.add(plan.connect(new ConnectCase.Setting(service, reconnect, true, null, step)));
                }
            }
        }
        kill(Way.AT_POINTS, makings);
    }
}
