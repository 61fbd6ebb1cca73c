package dev.bulla.key;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a grant is for, before it is made: some of what its member may do, for a while. A grant narrows and never widens: what the
 * member may not do, no grant of the member does.
 *
 * <pre>{@code
 * session.grant(Grant.tools("github__create_issue", "github__list_issues").lasting(Duration.ofHours(8)))
 * }</pre>
 *
 * Immutable and thread-safe.
 */
public final class Grant {
    /** A grant lasts no longer. */
    public static final Duration LONGEST = Duration.ofDays(90);

    private static final int MOST_NAMES = 500;
    private static final int LONGEST_NAME = 255;

    private final Set<String> tools;
    private final Set<String> connections;
    private final Duration lasting;
    private final Optional<Instant> until;

    private Grant(Set<String> tools, Set<String> connections, Duration lasting, Optional<Instant> until) {
        this.tools = tools;
        this.connections = connections;
        this.lasting = lasting;
        this.until = until;
    }

    /** All that the member may call, for an hour unless it is said otherwise. */
    public static Grant everything() {
        return new Grant(Set.of(), Set.of(), Duration.ofHours(1), Optional.empty());
    }

    /**
     * These tools alone, for an hour unless it is said otherwise. They are called by their names: any other call is refused, be it one that
     * comes to the same. A tool that later comes to bear such a name on another connection is not meant.
     *
     * @param names as members see them when the grant is made, such as {@code github__create_issue}
     * @throws IllegalArgumentException where there is no name, or one is empty or longer than 255 characters
     */
    public static Grant tools(String... names) {
        return everything().onlyTools(names);
    }

    /**
     * These connections alone, by name, whatever is called there; for an hour unless it is said otherwise. A connection that later comes to
     * bear such a name is not meant.
     */
    public static Grant connections(String... names) {
        return everything().onlyConnections(names);
    }

    /** The same grant, for these tools only. */
    public Grant onlyTools(String... names) {
        return new Grant(names(names), connections, lasting, until);
    }

    /** The same grant, on these connections only. */
    public Grant onlyConnections(String... names) {
        return new Grant(tools, names(names), lasting, until);
    }

    /**
     * The same grant, to this moment of database time.
     *
     * @param end at most {@link #LONGEST} from when the grant is made
     */
    public Grant until(Instant end) {
        return new Grant(tools, connections, lasting, Optional.of(Objects.requireNonNull(end)));
    }

    /**
     * The same grant, for this long from when it is made.
     *
     * @throws IllegalArgumentException where that is not positive, or more than {@link #LONGEST}
     */
    public Grant lasting(Duration time) {
        if (time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a grant lasts at most " + LONGEST.toDays() + " days");
        }
        return new Grant(tools, connections, time, Optional.empty());
    }

    /** The chosen tools; empty: all of them. */
    public Set<String> tools() {
        return tools;
    }

    /** The chosen connections; empty: all of them. */
    public Set<String> connections() {
        return connections;
    }

    /** When it ends, if it is made at this time. */
    public Instant end(Instant madeAt) {
        return until.orElseGet(() -> madeAt.plus(lasting));
    }

    private static Set<String> names(String... names) {
        Collection<String> chosen = new TreeSet<>();
        for (String name : names) {
            if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("a name is empty or too long");
            }
            chosen.add(name);
        }
        if (chosen.isEmpty() || chosen.size() > MOST_NAMES) {
            throw new IllegalArgumentException("a grant is for one name or more, and at most " + MOST_NAMES);
        }
        return Collections.unmodifiableSet(new TreeSet<>(chosen));
    }

    @Override
    public String toString() {
        return "Grant[" + tools.size() + " tools, " + connections.size() + " connections]";
    }
}
