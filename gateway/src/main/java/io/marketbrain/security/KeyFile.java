package io.marketbrain.security;

import io.marketbrain.files.FileKind;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text file of API keys, read strictly: {@code name scope hash created [budget]}, one key per line. One invalid line
 * makes the file unreadable, because a key that is ignored is a caller that is locked out without a reason.
 */
final class KeyFile {
    private static final SmallFile.Limits LIMITS = SmallFile.Limits.ofKibibytes(4096, 512);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private KeyFile() {}

    /** The keys; none if there is no file. */
    static List<ApiKey> read(Path file) throws UnreadableFile {
        List<String> lines;
        try {
            FileKind.requireRegular(file);
            Optional<String> writers = OwnerOnlyFile.findForeignWriters(file);
            if (writers.isPresent()) {
                throw new UnreadableFile(writers.get());
            }
            String text = SmallFile.readText(file, LIMITS);
            lines = text.lines().toList();
            if (!text.isEmpty() && !text.endsWith("\n")) {
                throw new UnreadableFile("is cut off in line " + lines.size() + ": it does not end with a line end");
            }
        } catch (UnreadableFile e) {
            if (e.missing()) {
                return List.of();
            }
            throw e;
        } catch (IOException e) {
            throw FileKind.unreadable(e);
        }
        var keys = new ArrayList<ApiKey>();
        var names = new HashSet<String>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                ApiKey key = key(lines.get(i), i + 1);
                if (!names.add(key.name())) {
                    throw new UnreadableFile("line " + (i + 1) + " repeats the name of another key");
                }
                keys.add(key);
            }
        }
        return List.copyOf(keys);
    }

    /** A line is not quoted in the message, because it may contain anything. */
    private static ApiKey key(String line, int number) throws UnreadableFile {
        String[] words = line.strip().split(" ", -1);
        boolean complete = (words.length == 4 || words.length == 5)
                && (words[1].equals("admin") || words[1].equals("read"))
                && HASH.matcher(words[2]).matches();
        try {
            if (complete) {
                return new ApiKey(
                        words[0],
                        words[1].equals("admin"),
                        words[2],
                        Instant.parse(words[3]),
                        words.length > 4 ? Optional.of(words[4]) : Optional.empty());
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            // reported below
        }
        throw new UnreadableFile("line " + number + " is not a key: name, read or admin, SHA-256, time, budget");
    }

    static void write(Path file, List<ApiKey> keys) throws IOException {
        var lines = new StringBuilder();
        keys.forEach(key -> lines.append(key.line()).append('\n'));
        OwnerOnlyFile.replace(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
