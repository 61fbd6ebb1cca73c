package dev.bulla.audit;

import java.util.List;

/**
 * Sessions.
 *
 * @param sessions the one that was used last first
 * @param complete whether all entries that fit were counted; if not, those before the newest 10,000 were left out
 */
public record SessionRecords(List<SessionRecord> sessions, boolean complete) {
    public SessionRecords {
        sessions = List.copyOf(sessions);
    }
}
