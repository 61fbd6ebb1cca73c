package dev.bulla.testkit.service;

import java.time.Instant;
import java.util.List;

/**
 * What a user allows an app: everything of the app's that is alive.
 *
 * @param user who allowed it
 * @param clientId the app
 * @param appName the app as people know it
 * @param scopes all scopes of the living tokens
 * @param since when the oldest of them was consented to
 */
public record Grant(String user, String clientId, String appName, List<String> scopes, Instant since) {}
