package dev.bulla.foreignservers;

import dev.bulla.foreignservers.Evidence.Finding;
import dev.bulla.foreignservers.Evidence.Interruption;
import dev.bulla.foreignservers.Redemptions.Redemption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a trial counted. */
record Result(
        World world,
        Duration time,
        @Nullable Long seed,
        Tally tally,
        long refused,
        List<Redemption> redemptions,
        List<Duplicate> duplicates,
        List<Lost> lost) {
    /** A refresh token that came again. */
    record Duplicate(String member, Finding finding) {}

    /** An account that does not work any more. */
    record Lost(String member, String state, Finding finding) {}

    double success() {
        return tally.calls() == 0 ? 0 : (double) tally.successes() / tally.calls();
    }

    long due() {
        return Trial.CALLS_A_SECOND * time.toSeconds();
    }

    /** Refresh tokens that came in and belong to no member: no other count holds them. */
    long strangers() {
        return world.gate().redemptions().strangers();
    }

    List<Interruption> stops() {
        return interruptions(false);
    }

    List<Interruption> kills() {
        return interruptions(true);
    }

    private List<Interruption> interruptions(boolean kill) {
        return world.evidence().interruptions().stream()
                .filter(one -> one.kill() == kill)
                .toList();
    }

    /** Answers of the token endpoint to refreshes. */
    Map<String, Long> answers() {
        return redemptions.stream()
                .collect(Collectors.groupingBy(
                        one -> (one.status() + " " + one.error()).trim(), TreeMap::new, Collectors.counting()));
    }

    /** A block for the report: what ran and what was counted, nothing of where. */
    String block() {
        List<String> lines = new ArrayList<>();
        lines.add("## " + world.server().name() + ", " + length() + (seed == null ? "" : ", stops and kills"));
        lines.add("");
        line(lines, "date", LocalDate.now(ZoneOffset.UTC).toString());
        line(lines, "server", world.server().settings());
        line(lines, "machine", machine());
        line(
                lines,
                "load",
                Trial.NODES + " nodes, " + Trial.CALLS_A_SECOND + " calls a second, " + World.ACCOUNTS
                        + " accounts (half sealed to members), access tokens of 5 s, PostgreSQL 18");
        line(
                lines,
                "calls",
                "%,d made, %,d succeeded (%.4f %%), %,d missed, %,d late (over 100 ms, most %,d ms)",
                tally.calls(),
                tally.successes(),
                success() * 100,
                tally.missed(),
                tally.late(),
                tally.latest());
        line(
                lines,
                "failures",
                tally.failures().isEmpty() ? "none" : tally.failures().toString());
        line(lines, "401 and once more", "%,d", refused);
        line(lines, "slowest call", "%,d ms from when it was due", tally.slowest());
        line(
                lines,
                "refreshes",
                "%,d, answers %s, slowest %,d ms",
                redemptions.size(),
                answers(),
                redemptions.stream().mapToLong(Redemption::took).max().orElse(0));
        line(lines, "redeemed twice", "%d", duplicates.size());
        line(lines, "accounts lost", "%d of %d", lost.size(), World.ACCOUNTS);
        if (seed != null) {
            line(
                    lines,
                    "chaos",
                    "%d stops (SIGSTOP, %d s in all, longest %d s), %d kills (SIGKILL), seed %d; %d refreshes held back by the"
                            + " pause guard",
                    stops().size(),
                    stops().stream().mapToLong(one -> one.to() - one.from()).sum() / 1000,
                    stops().stream()
                                    .mapToLong(one -> one.to() - one.from())
                                    .max()
                                    .orElse(0)
                            / 1000,
                    kills().size(),
                    seed,
                    world.evidence().heldBack());
        }
        duplicates.forEach(one -> lines.add("- redeemed twice, " + one.member() + ": " + said(one.finding())));
        lost.forEach(one -> lines.add("- lost, " + one.member() + ", " + one.state() + ": " + said(one.finding())));
        return String.join("\n", lines) + "\n\n";
    }

    private static String said(Finding finding) {
        return (finding.explained() ? "" : "NOT EXPLAINED: ") + finding.text();
    }

    private String length() {
        return time.toSeconds() < 120 ? time.toSeconds() + " s" : time.toMinutes() + " min";
    }

    private static String machine() {
        long memory = ((com.sun.management.OperatingSystemMXBean)
                                java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                        .getTotalMemorySize()
                >> 30;
        return Runtime.getRuntime().availableProcessors() + " cores, " + memory + " GiB, "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", JDK "
                + Runtime.version().feature();
    }

    private static void line(List<String> lines, String name, String text, Object... values) {
        lines.add("- " + name + ": " + (values.length == 0 ? text : String.format(Locale.ROOT, text, values)));
    }
}
