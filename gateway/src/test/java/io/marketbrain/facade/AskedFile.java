package io.marketbrain.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a client was seen to ask for, one request a line; a new version of it may ask for something else. */
public final class AskedFile {
    private static final Path FOLDER = Path.of("src/test/resources/facade/asked");

    private AskedFile() {}

    public static List<String> read(String name) throws IOException {
        return Files.readAllLines(FOLDER.resolve(name + ".txt"));
    }

    /** Compares with the file, or rewrites it with {@code BRAIN_WRITE_EXAMPLES=1}. */
    public static void check(String name, List<String> asked) throws IOException {
        if ("1".equals(System.getenv("BRAIN_WRITE_EXAMPLES"))) {
            Files.writeString(FOLDER.resolve(name + ".txt"), String.join("\n", asked) + "\n");
        }
        assertThat(asked).as(name).isEqualTo(read(name));
    }
}
