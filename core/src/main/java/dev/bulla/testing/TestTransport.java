package dev.bulla.testing;

import dev.bulla.provider.ProviderHttp;

/** Carries a way out that is no network. Only the testkit can name this type. */
public record TestTransport(ProviderHttp http) {}
