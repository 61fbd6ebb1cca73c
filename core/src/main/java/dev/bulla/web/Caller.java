package dev.bulla.web;

/**
 * Who is calling, as the host's own login says.
 *
 * @param tenant the host's id of the tenant
 * @param member the host's id of the member
 */
public record Caller(String tenant, String member) {}
