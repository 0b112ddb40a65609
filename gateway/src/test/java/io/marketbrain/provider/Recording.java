package io.marketbrain.provider;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A body as a provider sent it, and what is known about it, from {@code src/test/resources/providers/<folder>}.
 *
 * @param name the file name without its ending
 */
@SuppressWarnings("ArrayRecordComponent") // recordings are never compared
public record Recording(String name, JsonValue meta, byte[] body) {
    private static final String META = ".meta.json";

    /** Read once for all tests, which never change a body. */
    private static final Map<String, List<Recording>> FOLDERS = new ConcurrentHashMap<>();

    /** Every recording of a folder, by name. */
    public static List<Recording> all(String folder) {
        return FOLDERS.computeIfAbsent(folder, Recording::readAll);
    }

    private static List<Recording> readAll(String folder) {
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files.filter(file -> file.getFileName().toString().endsWith(META))
                    .sorted()
                    .map(Recording::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Recording of(String folder, String name) {
        return read(folder(folder).resolve(name + META));
    }

    private static Path folder(String folder) {
        try {
            return Path.of(Recording.class.getResource("/providers/" + folder).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Recording read(Path meta) {
        String file = meta.getFileName().toString();
        String name = file.substring(0, file.length() - META.length());
        try (Stream<Path> files = Files.list(meta.getParent())) {
            Path body = files.filter(other -> other.getFileName().toString().startsWith(name + ".")
                            && !other.getFileName().toString().endsWith(META))
                    .findFirst()
                    .orElseThrow();
            return new Recording(name, JsonValue.parse(Files.readAllBytes(meta)), Files.readAllBytes(body));
        } catch (IOException | MalformedPayload e) {
            throw new IllegalStateException(meta + ": " + e.getMessage(), e);
        }
    }

    public String kind() {
        return text("kind").orElseThrow();
    }

    /** How far the bytes are those that the provider sent: {@code wire}, {@code recorded}, {@code docs}, … */
    public String fidelity() {
        return text("fidelity").orElseThrow();
    }

    public int status() {
        return Integer.parseInt(text("status").orElseThrow());
    }

    public Optional<String> symbol() {
        return text("symbol");
    }

    /** What another program made of the body, where one was asked. */
    public Optional<JsonValue> expected() {
        return meta.find("expected");
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    private Optional<String> text(String name) {
        Optional<JsonValue> value = meta.find(name);
        try {
            return value.isPresent() ? Optional.of(value.get().text()) : Optional.empty();
        } catch (MalformedPayload e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
