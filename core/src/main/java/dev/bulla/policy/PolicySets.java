package dev.bulla.policy;

import java.util.Optional;

/**
 * Which set of policies counts for a member: by default one for all of a connection. A host that does not trust its members, or the agents
 * that act for them, equally gives each a set of their own. Asked on every call, so it must be quick; thread-safe. Where it throws, the
 * call is denied.
 */
@FunctionalInterface
public interface PolicySets {
    /** The name of the set that counts for everybody where the host says nothing else. */
    String SHARED = "";

    /**
     * @return the name of the set; empty where there is none for that member: then everything is denied
     */
    Optional<String> setOf(String tenant, String member);

    /** One set for all members. */
    static PolicySets shared() {
        return (tenant, member) -> Optional.of(SHARED);
    }
}
