package dev.bulla.policy;

/**
 * One value of a policy that can not be saved.
 *
 * @param field where it stands, such as {@code window.hoursTo} or {@code resources[0].kind}
 * @param message what is wrong with it, for people
 */
public record Flaw(String field, String message) {
    @Override
    public String toString() {
        return field + ": " + message;
    }
}
