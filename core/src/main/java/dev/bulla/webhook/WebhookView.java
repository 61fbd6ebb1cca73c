package dev.bulla.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * How the webhooks of a connection are doing; nothing secret. Numbers and times are of all nodes, and some seconds behind.
 *
 * @param address what the service is told; empty until it is asked for, see {@link dev.bulla.Webhooks#open}
 * @param ready whether something can be verified: a secret is saved, here or in the connection's form, or the app registration has one
 * @param rotating whether the former secret is good beside the new one
 * @param awaited whether the service's secret is waited for
 * @param registered whether the address was registered at the service by {@link dev.bulla.Webhooks#register}
 * @param accepted deliveries that were taken
 * @param refused requests that proved nothing
 * @param lastAccepted when the last was taken
 * @param lastRefused when the last was refused
 */
public record WebhookView(
        Optional<URI> address,
        boolean ready,
        boolean rotating,
        boolean awaited,
        boolean registered,
        long accepted,
        long refused,
        Optional<Instant> lastAccepted,
        Optional<Instant> lastRefused) {}
