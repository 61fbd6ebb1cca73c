package dev.bulla.model;

/**
 * The host's word on who may use anything at all. It is asked at every call, before anything else is looked at, and again at the next
 * one: what it says counts at once, on every node. A host that knows no approval and switches no tenant off needs none.
 *
 * <p>Calls, tools and their list, tokens, refreshes that are asked for, listings and grants are stopped. What leads to an account, changes
 * it or ends it is not: members connect, choose, fill in forms, make keys and disconnect before they are approved, and a host that wants
 * none of that offers none of it. Nor is the upkeep: accounts are kept fresh, so that they work when the tenant is switched on again.
 *
 * <p>Webhooks are no member's: for them it is asked with an empty member, and {@link Word#TENANT_DISABLED} refuses them, as does an exception.
 *
 * <p>It is called on the caller's thread, so it answers from memory, or quickly. Where it throws, the call is refused with
 * {@code SETUP}.
 */
@FunctionalInterface
public interface Admission {
    /** The word. */
    enum Word {
        /** The tenant is active, and the member is approved. */
        ADMITTED,
        /** The member is not approved, or no longer. */
        MEMBER_NOT_APPROVED,
        /** The tenant is switched off: nobody gets through. Keys, accounts and policies stay as they are. */
        TENANT_DISABLED
    }

    /** On one member of a tenant. */
    Word of(String tenant, String member);
}
