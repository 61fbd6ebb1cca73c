package dev.bulla.audit;

import java.util.List;
import java.util.Optional;

/**
 * A part of the audit.
 *
 * @param entries the newest first
 * @param next for {@link AuditQuery#after}, to go on; empty where there is nothing more. What is written meanwhile moves nothing
 */
public record AuditPage(List<AuditEntry> entries, Optional<String> next) {
    public AuditPage {
        entries = List.copyOf(entries);
    }
}
