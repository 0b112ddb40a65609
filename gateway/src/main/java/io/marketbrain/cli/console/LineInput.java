package io.marketbrain.cli.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where answers to questions are read from. */
@FunctionalInterface
public interface LineInput {
    int MOST_BYTES = 8192;

    /** The next line, without the white space around it; empty at the end of the input. */
    Optional<String> read();

    /** The standard input of this process. */
    static LineInput ofProcess() {
        return () -> {
            var line = new ByteArrayOutputStream();
            try {
                int read = System.in.read();
                if (read < 0) {
                    return Optional.empty();
                }
                while (read >= 0 && read != '\n' && line.size() < MOST_BYTES) {
                    line.write(read);
                    read = System.in.read();
                }
                return Optional.of(line.toString(StandardCharsets.UTF_8).strip());
            } catch (IOException e) {
                return Optional.empty();
            }
        };
    }
}
