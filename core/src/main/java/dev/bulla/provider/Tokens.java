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

    /** The name of what the service gave at the consent, where a choice gave something else to use in its place. */
    public static final String GRANT = "grant";

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

    /**
     * What a choice gave stands in for the usual set from now on, such as a page's token for the person's. What it was got with is kept
     * under {@link #GRANT}: that is what is refreshed, revoked, and used to choose again.
     */
    public Tokens standIn(TokenSet chosen) {
        Map<String, TokenSet> all = new LinkedHashMap<>();
        all.put(MAIN, chosen);
        all.put(GRANT, granted().main());
        granted().sets.forEach((name, set) -> {
            if (set != granted().main()) {
                all.putIfAbsent(name, set);
            }
        });
        return new Tokens(java.util.Collections.unmodifiableMap(all));
    }

    /** What the service gave at the consent, or by a refresh, without what stands in for it. */
    public Tokens granted() {
        TokenSet grant = sets.get(GRANT);
        if (grant == null) {
            return this;
        }
        Map<String, TokenSet> given = new LinkedHashMap<>(sets);
        given.put(MAIN, grant);
        given.remove(GRANT);
        return new Tokens(java.util.Collections.unmodifiableMap(given));
    }

    /** These tokens after a refresh of {@link #granted}; what is missing in the answer stays. What stands in for the grant stays too. */
    public Tokens refreshed(Tokens answer) {
        Tokens fresh = answer.orFrom(granted());
        return sets.containsKey(GRANT) ? fresh.standIn(java.util.Objects.requireNonNull(sets.get(MAIN))) : fresh;
    }

    /** These sets; what is missing in each, or whole sets that are missing, come from the older ones. */
    public Tokens orFrom(Tokens older) {
        Map<String, TokenSet> merged = new LinkedHashMap<>(older.sets);
        sets.forEach((name, set) -> merged.merge(name, set, (old, fresh) -> fresh.orFrom(old)));
        return new Tokens(java.util.Collections.unmodifiableMap(merged));
    }

    /** These sets, with further fields to keep in the usual one. */
    public Tokens keeping(Map<String, String> more) {
        Map<String, TokenSet> all = new LinkedHashMap<>(sets);
        all.replace(sets.keySet().iterator().next(), main().keeping(more));
        return new Tokens(java.util.Collections.unmodifiableMap(all));
    }

    @Override
    public String toString() {
        return "Tokens" + sets.keySet();
    }
}
