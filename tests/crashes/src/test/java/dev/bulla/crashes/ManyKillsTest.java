package dev.bulla.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** As many kills as asked for, at points, services and times that a seed decides; and a report. */
@EnabledIfSystemProperty(named = "bulla.kills", matches = "\\d+", disabledReason = "runs on demand: tests/crashes/run")
class ManyKillsTest {
    private static final int ENOUGH_VIOLATIONS = 10;
    private static final Duration TELL = Duration.ofSeconds(15);

    private final int wanted = Integer.getInteger("bulla.kills");
    private final long seed = Long.getLong("bulla.seed", System.currentTimeMillis());
    private final Tally tally = new Tally();
    private final long began = System.nanoTime();
    private long told = began;

    @Test
    void everyAccountIsAccountedFor() throws IOException {
        say("seed " + seed);
        Path logs = Files.createDirectories(Path.of("target", "workers"));
        int rounds = 0;
        String database;
        try (Ground ground = new Ground();
                Spares spares = new Spares(ground.net, logs)) {
            Plan plan = new Plan(ground, spares);
            database = ground.version();
            while (tally.kills() < wanted && tally.violations().size() < ENOUGH_VIOLATIONS) {
                one(plan, rounds++);
            }
        }
        Person.forgetBrowsers();
        Path report = Path.of(System.getProperty("bulla.report", "target/REPORT.md"));
        Report.write(report, tally, seed, rounds, seconds(), database);
        say(tally.kills() + " kills, " + tally.violations().size() + " violations");
        assertThat(tally.violations()).isEmpty();
    }

    private void one(Plan plan, int round) {
        Plan.Made made = plan.lucky(seed + round);
        try {
            made.round().run();
            tally.add(made);
        } catch (AssertionError | RuntimeException e) {
            String what = "seed " + (seed + round) + ": "
                    + String.join(" ", String.valueOf(e.getMessage()).lines().toList());
            tally.violation(made, what);
            say("VIOLATION, " + what);
        }
        if (System.nanoTime() - told > TELL.toNanos()) {
            told = System.nanoTime();
            say(tally.kills() + " of " + wanted + " kills, "
                    + tally.violations().size() + " violations, " + seconds() + " s, about "
                    + seconds() * (wanted - tally.kills()) / Math.max(1, tally.kills()) + " s to go");
        }
    }

    private long seconds() {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
