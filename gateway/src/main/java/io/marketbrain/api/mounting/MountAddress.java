package io.marketbrain.api.mounting;

import java.util.Optional;

/**
 * Where the paths of a mounted API stand at the root.
 *
 * @param prefix the path below which they are served as well
 * @param port the port of its own that it listens on; empty for the gateway's own
 * @param host the host name for which the gateway's own port serves it; empty if it has a port
 */
public record MountAddress(String prefix, Optional<Integer> port, Optional<String> host) {}
