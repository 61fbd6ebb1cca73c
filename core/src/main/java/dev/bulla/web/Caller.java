package dev.bulla.web;

/**
 * Who is calling, as the host's own login says.
 *
 * @param tenant the host's id of the tenant
 * @param member the host's id of the member; an owner has one too, and may connect accounts like everybody
 * @param owner whether the caller may configure the tenant's connections
 */
public record Caller(String tenant, String member, boolean owner) {}
