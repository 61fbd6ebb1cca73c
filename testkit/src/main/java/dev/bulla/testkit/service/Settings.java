package dev.bulla.testkit.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What can be set on a service at any time. Guarded by the lock of {@link OAuthService}, except the clock. */
final class Settings {
    volatile Clock clock = Clock.systemUTC();
    String issuer = "http://127.0.0.1";
    Duration accessLifetime = Duration.ofHours(1);
    Duration refreshLifetime = Duration.ofDays(30);
    Rotation rotation = Rotation.STRICT;
    String clientIdParameter = "client_id";
    String scopeParameter = "scope";
    String scopeSeparator = " ";
    boolean pkce = true;
    boolean refreshes = true;
    boolean saysLifetime = true;
    boolean issuerInResponse = true;
    boolean alwaysIdToken;
    boolean revocationEndsGrant;
    boolean exchangesAccessTokens;

    /** Known scopes with what people read; where there are none, any scope goes. */
    final Map<String, String> scopes = new LinkedHashMap<>();

    Instant now() {
        return clock.instant();
    }
}
