package dev.bulla.upstream;

import java.util.List;
import java.util.Map;

/**
 * The revisions of the protocol that are spoken to a server. From 2026-07-28 on every request says all that it needs; before, a handshake
 * came first, and servers that insist on it, or on a session, are not spoken to.
 */
final class Revision {
    static final String PRESENT = "2026-07-28";

    /** The newest first. */
    static final List<String> KNOWN = List.of(PRESENT, "2025-11-25", "2025-06-18", "2025-03-26");

    private Revision() {}

    /** Whether requests say themselves what the handshake said before. */
    static boolean isModern(String revision) {
        return revision.compareTo(PRESENT) >= 0;
    }

    /** What goes along with every request. */
    static Map<String, Object> meta(String revision) {
        return Map.of(
                "io.modelcontextprotocol/protocolVersion",
                revision,
                "io.modelcontextprotocol/clientInfo",
                Map.of("name", "bulla", "version", "1"),
                "io.modelcontextprotocol/clientCapabilities",
                Map.of());
    }
}
