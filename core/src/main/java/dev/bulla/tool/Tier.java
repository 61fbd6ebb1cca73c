package dev.bulla.tool;

import java.util.Locale;

/** How much a call can do; the later, the more. */
public enum Tier {
    /** Changes nothing. */
    READ,
    /** Adds or changes. */
    WRITE,
    /** Takes away, or can be anything. */
    DESTRUCTIVE;

    /** What an HTTP method promises: GET, HEAD and OPTIONS read; POST, PUT and PATCH write; everything else is destructive. */
    public static Tier of(String httpMethod) {
        return switch (httpMethod.toUpperCase(Locale.ROOT)) {
            case "GET", "HEAD", "OPTIONS" -> READ;
            case "POST", "PUT", "PATCH" -> WRITE;
            default -> DESTRUCTIVE;
        };
    }

    /** The one that can do more. */
    public Tier or(Tier other) {
        return compareTo(other) < 0 ? other : this;
    }
}
