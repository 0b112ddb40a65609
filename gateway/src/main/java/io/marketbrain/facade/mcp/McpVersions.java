package io.marketbrain.facade.mcp;

import java.util.List;

/** The protocol versions that are served. */
final class McpVersions {
    /** The version in which every request carries what it needs. */
    static final String STATELESS = "2026-07-28";

    /** The versions with a handshake, newest first. */
    static final List<String> WITH_HANDSHAKE = List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    static final List<String> ALL = List.of(STATELESS, "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    private McpVersions() {}

    /** The version of a session, which is the requested one if it is known. */
    static String negotiated(String requested) {
        return WITH_HANDSHAKE.contains(requested) ? requested : WITH_HANDSHAKE.getFirst();
    }
}
