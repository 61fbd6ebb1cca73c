package dev.bulla.foreignservers;

import static org.assertj.core.api.Assertions.assertThat;

/** What must be true of a trial. */
final class Checks {
    private Checks() {}

    static void calm(Result result) {
        String block = result.block();
        assertThat(result.strangers()).as("refresh tokens of nobody").isZero();
        assertThat(result.tally().calls()).as(block).isGreaterThan(result.due() * 9 / 10);
        assertThat(result.redemptions()).as(block).hasSizeGreaterThan((int)
                (World.ACCOUNTS * result.time().toSeconds() / 10));
        assertThat(result.duplicates()).as(block).isEmpty();
        assertThat(result.answers().keySet()).as(block).containsExactly("200");
        assertThat(result.lost()).as(block).isEmpty();
        assertThat(result.success()).as(block).isGreaterThanOrEqualTo(0.9999);
    }

    static void chaos(Result result) {
        String block = result.block();
        assertThat(result.strangers()).as("refresh tokens of nobody").isZero();
        assertThat(result.tally().successes()).as(block).isGreaterThan(result.due() / 10);
        assertThat(result.redemptions()).as(block).hasSizeGreaterThan(World.ACCOUNTS);
        assertThat(result.stops().size() + result.kills().size()).as(block).isPositive();
        assertThat(result.duplicates()).as(block).allMatch(one -> one.finding().explained());
        assertThat(result.lost()).as(block).allMatch(one -> one.finding().explained());
    }
}
