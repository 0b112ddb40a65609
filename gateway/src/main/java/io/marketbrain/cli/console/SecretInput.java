package io.marketbrain.cli.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a credential is read from. */
@FunctionalInterface
public interface SecretInput {
    int MOST_BYTES = 65_536;

    /** The credential typed without echo, or read from standard input; empty if there is none. */
    Optional<String> read(String name);

    /** The terminal of this process, or its standard input if there is no terminal. */
    @SuppressWarnings("SystemConsoleNull") // without a terminal it is null in Java 25 again
    static SecretInput ofProcess() {
        return name -> {
            var console = System.console();
            if (console != null && console.isTerminal()) {
                char[] typed = console.readPassword("%s: ", name);
                return typed == null ? Optional.empty() : Optional.of(new String(typed));
            }
            try {
                return Optional.of(new String(System.in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip());
            } catch (IOException e) {
                return Optional.empty();
            }
        };
    }
}
