package dev.bulla.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that is under way when a process is killed, and what must become of it. The round calls its steps in order; what does not
 * hold is an {@link AssertionError}.
 */
abstract class Case {
    final Ground ground;
    final String point;
    final Person person;
    private final Map<String, Integer> seen = new HashMap<>();

    Case(Ground ground, String point, String member) {
        this.ground = ground;
        this.point = point;
        this.person = new Person(ground, member);
    }

    /** Before time moves: accounts are connected. */
    abstract void prepare();

    /** Begins what the worker dies of, and returns when it stands at the point. */
    abstract void strike(WorkerProcess worker);

    /** The process is dead, its claims are not over. */
    void afterKill() {}

    /** Claims are over. */
    void afterClaims() {}

    /** Where a second process dies: begins it, and returns when it stands at its point. */
    void strikeAgain(WorkerProcess worker) {}

    /** Access tokens have ended, and everything else is over too. */
    abstract void afterEnd();

    /** Every access token was ended at the services: what was stored must be good for a refresh. */
    abstract void goesOn();

    /** The connection whose row the process has locked when it dies; empty for none. A second one would wait for the first. */
    String locks() {
        return "";
    }

    /** What has become of it, in one word. */
    abstract String outcome();

    /** The first token of a line was brought to the service so many times, and none of its successors was. */
    final void assertSeen(Line line, int times) {
        List<String> tokens = line.tokens();
        assertThat(ground.redemptions(line.service, line.first()))
                .as("redemptions of the refresh token at %s", line.service.id())
                .isEqualTo(times);
        assertThat(tokens.subList(1, tokens.size()))
                .as("later tokens")
                .allMatch(token -> ground.redemptions(line.service, token) == 0);
        seen.put(line.first(), times);
    }

    /** The stored refresh token is the newest one, and works, once. */
    final void assertGood(Person whose, Line line) {
        List<String> tokens = line.tokens();
        String newest = tokens.get(tokens.size() - 1);
        int before = ground.redemptions(line.service, newest);
        assertThat(whose.call(line.service))
                .as("goes on at %s", line.service.id())
                .isEqualTo("200");
        assertThat(ground.redemptions(line.service, newest)).isEqualTo(before + 1);
        seen.put(newest, before + 1);
    }

    /** How often the services have seen each refresh token that was asked about. */
    final List<Integer> seen() {
        return List.copyOf(seen.values());
    }

    @Override
    public String toString() {
        return point + " of " + person.id;
    }
}
