package io.marketbrain.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory that gateways share, changed by scripts of which each is one step, whoever else is at it. Thread-safe. A
 * run blocks for a moment, never longer than the memory's owner allows, and fails at once while it is known to be away.
 */
public interface SharedScripts extends AutoCloseable {
    /** The memory cannot be reached or refuses. Whether the script ran, nobody can tell. */
    final class Away extends Exception {
        private static final long serialVersionUID = 1L;

        public Away(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Lua as Redis runs it, with one key, {@code KEYS[1]}, which returns a list of integers. */
    record Script(String source) {}

    /**
     * Runs a script and returns its integers.
     *
     * @param place what the script is about: the rest of the key's name
     */
    List<Long> run(Script script, String place, List<String> arguments) throws Away;

    /** Whether the last run failed. */
    boolean away();

    @Override
    void close();
}
