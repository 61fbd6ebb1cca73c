package dev.bulla.crashes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** The report of a run, as Markdown. */
final class Report {
    private final StringBuilder text = new StringBuilder();

    private Report() {}

    /** @param rounds how many rounds there were; a round has one kill or two, and several accounts */
    static void write(Path file, Tally tally, long seed, int rounds, long seconds, String database) throws IOException {
        Report report = new Report();
        report.head(tally, seed, rounds, seconds, database);
        report.table(tally);
        report.violations(tally);
        Files.writeString(file, report.text);
    }

    private void head(Tally tally, long seed, int rounds, long seconds, String database) {
        line("# Crash report");
        line("");
        line(
                "Written by `tests/crashes/run`. Processes that embed Bulla were killed with SIGKILL at the points below; two other nodes "
                        + "used the accounts");
        line("afterwards. What must become of each is asserted account for account, and counted here.");
        line("");
        line("| | |");
        line("| --- | --- |");
        row("date", LocalDate.now(ZoneOffset.UTC));
        row("kills", tally.kills());
        row("rounds", rounds + " (" + tally.cases() + " cases)");
        row("violations", tally.violations().size());
        row("refresh tokens seen once", tally.seen(1));
        row("seen twice, where the rule of the service allows it", tally.seen(2));
        row("seen three times or more, where refresh tokens never change", tally.seen(3));
        row("seconds", seconds);
        row("seed", seed);
        row(
                "machine",
                Runtime.getRuntime().availableProcessors() + " cores, JDK "
                        + Runtime.version().feature() + ", PostgreSQL " + database);
        line("");
        line(
                "A round runs again with `tests/crashes/run 1 SEED`, where SEED is the seed above plus the number of the round.");
        line("");
    }

    private void table(Tally tally) {
        line("| Point | Outcome | Accounts or members |");
        line("| --- | --- | ---: |");
        for (Map.Entry<String, Map<String, Integer>> point : tally.outcomes().entrySet()) {
            String name = point.getKey();
            for (Map.Entry<String, Integer> outcome : point.getValue().entrySet()) {
                line("| " + name + " | " + outcome.getKey() + " | " + outcome.getValue() + " |");
                name = "";
            }
        }
    }

    private void violations(Tally tally) {
        if (!tally.violations().isEmpty()) {
            line("");
            line("## Violations");
            line("");
            tally.violations().forEach(violation -> line("- " + violation));
        }
    }

    private void row(String name, Object value) {
        line("| " + name + " | " + value + " |");
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}
