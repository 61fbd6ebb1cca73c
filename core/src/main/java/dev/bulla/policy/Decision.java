package dev.bulla.policy;

import java.util.List;

/**
 * What policies say to a call. Immutable.
 *
 * @param allowed whether it may go on
 * @param reason why
 * @param matched the policies that decided: the permits of an allowed call, the forbids of a forbidden one; of an unclear one those that
 *     may apply
 * @param denyMessage what the owner has to say to that; empty where nothing
 */
public record Decision(boolean allowed, Reason reason, List<Ref> matched, String denyMessage) {
    public Decision {
        matched = List.copyOf(matched);
    }

    /** Why a call is allowed or denied. */
    public enum Reason {
        /** A permit applies, and no forbid can. */
        PERMITTED,
        /** A forbid applies. */
        FORBIDDEN,
        /** No permit applies, or can. */
        NO_PERMIT,
        /** It is not known whether a forbid applies, or whether the permits do that could: which tool or resource it is, or what that is like. */
        UNCLEAR,
        /** A policy of the connection can not be read, so nothing is allowed until it can. */
        UNREADABLE
    }

    /**
     * A policy as it was when it decided.
     *
     * @param id opaque, stable
     * @param name as the owner named it
     * @param version which of its versions
     */
    public record Ref(String id, String name, long version) {}
}
