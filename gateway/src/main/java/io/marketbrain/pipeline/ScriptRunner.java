package io.marketbrain.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs atomic scripts on the Redis that gateways share. Thread-safe. A run blocks at most for the time that
 * a request may spend on Redis, and fails immediately while Redis is known to be unavailable.
 */
public interface ScriptRunner extends AutoCloseable {
    /** Redis cannot be reached or rejected the script. It is unknown whether the script ran. */
    final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A Lua script for Redis with one key, {@code KEYS[1]}, that returns a list of integers. */
    record Script(String source) {}

    /**
     * Runs a script and returns its integers.
     *
     * @param keySuffix the key without the prefix that all keys of the gateway share
     */
    List<Long> run(Script script, String keySuffix, List<String> arguments) throws Unavailable;

    /** Whether runs fail at present. */
    boolean away();

    @Override
    void close();
}
