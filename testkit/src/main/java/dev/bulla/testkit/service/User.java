package dev.bulla.testkit.service;

/**
 * A person with an account at the service.
 *
 * @param name what they log in with
 * @param subject the stable id that apps get to see
 * @param displayName what people read
 */
public record User(String name, String subject, String displayName) {
    /** The subject follows from the name, so that it stays the same over restarts. */
    static User named(String name, String displayName) {
        return new User(name, "u-" + Hash.of(name).substring(0, 12), displayName);
    }
}
