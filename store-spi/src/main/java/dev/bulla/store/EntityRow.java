package dev.bulla.store;

/**
 * What is known of one thing at a service: a repository, a channel, a folder. Names and attributes, never contents. Tenant,
 * connection, kind and id together are its identity.
 *
 * @param tenant the tenant
 * @param connectionId the connection under which it was seen
 * @param kind what it is: {@code repository}
 * @param id at the service, in the canonical form of its kind
 * @param name what a person reads
 * @param folded the name as lists are ordered and searched by
 * @param attributes plain facts as JSON
 * @param gone whether the service said that it is no more
 * @param seenAt when the service told so: database epoch milliseconds, set by the store
 */
public record EntityRow(
        String tenant,
        String connectionId,
        String kind,
        String id,
        String name,
        String folded,
        String attributes,
        boolean gone,
        long seenAt) {}
