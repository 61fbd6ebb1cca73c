package dev.bulla.provider;

import java.time.Clock;

/**
 * What a provider gets for one conversation with its service.
 *
 * @param http the way out
 * @param clock database time, as the keepers see it
 * @param app the app registration in use
 */
public record ProviderCall(ProviderHttp http, Clock clock, App app) {}
