package dev.bulla.provider;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One or more named token sets of one account. Most services give one, under the name {@link #MAIN}; Slack gives one for the bot and
 * one for the user. Immutable and thread-safe; {@code toString} shows names only.
 */
public final class Tokens {
    /** The name of the only, or usual, set. */
    public static final String MAIN = "main";

    private final Map<String, TokenSet> sets;

    private Tokens(Map<String, TokenSet> sets) {
        this.sets = sets;
    }

    public static Tokens of(TokenSet main) {
        return new Tokens(Map.of(MAIN, main));
    }

    /** The first entry is the usual one. @throws IllegalArgumentException where there is none */
    public static Tokens named(Map<String, TokenSet> sets) {
        if (sets.isEmpty()) {
            throw new IllegalArgumentException("at least one token set");
        }
        return new Tokens(java.util.Collections.unmodifiableMap(new LinkedHashMap<>(sets)));
    }

    /** The usual set: the first one. */
    public TokenSet main() {
        return sets.values().iterator().next();
    }

    public Map<String, TokenSet> sets() {
        return sets;
    }

    /** These sets; what is missing in each, or whole sets that are missing, come from the older ones. */
    public Tokens orFrom(Tokens older) {
        Map<String, TokenSet> merged = new LinkedHashMap<>(older.sets);
        sets.forEach((name, set) -> merged.merge(name, set, (old, fresh) -> fresh.orFrom(old)));
        return new Tokens(java.util.Collections.unmodifiableMap(merged));
    }

    @Override
    public String toString() {
        return "Tokens" + sets.keySet();
    }
}
