package dev.bulla.testkit.service;

import java.util.List;

/**
 * What a living access token opens.
 *
 * @param user whose account
 * @param clientId the app that holds the token
 * @param scopes what it may do
 */
public record Access(String user, String clientId, List<String> scopes) {}
