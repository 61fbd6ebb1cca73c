package dev.bulla.provider;

import java.util.Map;

/**
 * Whose account it is at the service.
 *
 * @param subject the service's stable id of the account, never an e-mail address; compared on reconnect
 * @param displayName what to show a person
 * @param attributes further plain facts, such as a workspace name; stored in clear, never a secret
 */
public record Identity(String subject, String displayName, Map<String, String> attributes) {
    public Identity {
        if (subject.isEmpty() || subject.length() > 255) {
            throw new IllegalArgumentException("a subject has 1 to 255 characters");
        }
        attributes = Map.copyOf(attributes);
    }

    public static Identity of(String subject, String displayName) {
        return new Identity(subject, displayName, Map.of());
    }
}
