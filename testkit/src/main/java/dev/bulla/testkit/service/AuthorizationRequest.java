package dev.bulla.testkit.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked authorization request (RFC 6749 section 4.1.1): its app is known and its redirect URI is one of the app's.
 *
 * @param clientId the app
 * @param appName the app as people know it
 * @param redirectUri exactly as registered and requested
 * @param scopes what is asked for
 * @param state to be sent back, or null
 * @param challenge S256 challenge, or null where the service does without
 * @param nonce for the ID token, or null
 */
public record AuthorizationRequest(
        String clientId,
        String appName,
        String redirectUri,
        List<String> scopes,
        @Nullable String state,
        @Nullable String challenge,
        @Nullable String nonce) {}
