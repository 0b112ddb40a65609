package io.marketbrain.cli.providers;

import io.marketbrain.files.FileKind;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Operation;
import io.marketbrain.model.series.SeriesKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A response that somebody has saved, and what is known about it: a body with a file {@code <name>.meta.json} beside it.
 *
 * @param name the file name without its ending
 * @param kind what it is of, as an operation, a kind of series or as collections of recordings call it ({@code ohlcv}); {@code error}
 *     of a failure
 * @param status the HTTP status
 * @param symbol what was asked for, if the file says it
 * @param url the address that was asked, if the file says it
 */
@SuppressWarnings("ArrayRecordComponent") // responses are never compared
record SavedResponse(String name, String kind, int status, Optional<String> symbol, Optional<String> url, byte[] body) {
    static final SmallFile.Limits BODY = SmallFile.Limits.ofKibibytes(8 << 10, Integer.MAX_VALUE);

    private static final SmallFile.Limits META = SmallFile.Limits.ofKibibytes(1 << 10, Integer.MAX_VALUE);
    private static final String META_ENDING = ".meta.json";

    /** The responses of a folder that have such a file, by name. */
    static List<SavedResponse> all(Path folder) throws UnreadableFile {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.sorted().toList();
        } catch (IOException e) {
            throw FileKind.unreadable(e);
        }
        List<SavedResponse> responses = new ArrayList<>();
        for (Path meta : files) {
            String file = String.valueOf(meta.getFileName());
            if (file.endsWith(META_ENDING)) {
                String name = file.substring(0, file.length() - META_ENDING.length());
                Optional<Path> body = files.stream()
                        .filter(other -> isBody(name, String.valueOf(other.getFileName())))
                        .findFirst();
                if (body.isPresent()) {
                    responses.add(read(name, meta, body.get()));
                }
            }
        }
        return responses;
    }

    private static boolean isBody(String name, String file) {
        return file.startsWith(name + ".") && !file.endsWith(META_ENDING);
    }

    private static SavedResponse read(String name, Path meta, Path body) throws UnreadableFile {
        try {
            JsonValue about = JsonValue.parse(SmallFile.readBytes(meta, META));
            return new SavedResponse(
                    name,
                    text(about, "kind").orElse(""),
                    about.find("status").isPresent()
                            ? Math.toIntExact(about.at("status").integer())
                            : 200,
                    text(about, "symbol"),
                    text(about, "url"),
                    SmallFile.readBytes(body, BODY));
        } catch (MalformedPayload e) {
            throw new UnreadableFile(
                    "has a file " + meta.getFileName() + " that is not as documented: " + e.getMessage());
        }
    }

    private static Optional<String> text(JsonValue json, String key) throws MalformedPayload {
        Optional<JsonValue> value = json.find(key);
        return value.isPresent() && value.get().isText()
                ? Optional.of(value.get().text())
                : Optional.empty();
    }

    /** Whether it is the error of a request that failed. */
    boolean isError() {
        return status >= 300 || kind.equals("error");
    }

    /** Whether it may be the response of this operation. */
    boolean mayBe(Operation operation) {
        return operations().contains(operation);
    }

    /** The kind of series of an instrument that it is said to be of. */
    Optional<SeriesKind> seriesKind() {
        return SeriesKind.find(kind);
    }

    /** The address that was asked, if it is known. */
    Optional<SampleAddress> address() {
        return url.flatMap(SampleAddress::find);
    }

    private Set<Operation> operations() {
        return switch (kind) {
            case "ohlcv" -> Set.of(Operation.CANDLES);
            case "orderbook" -> Set.of(Operation.BOOK);
            case "markets" -> Set.of(Operation.SYMBOLS);
            case "fx" -> Set.of(Operation.QUOTE, Operation.SERIES, Operation.CANDLES);
            case "macro" -> Set.of(Operation.SERIES);
            case "error" -> Set.of(Operation.QUOTE, Operation.SERIES, Operation.NEWS);
            default ->
                Operation.find(kind.toLowerCase(Locale.ROOT))
                        .or(() -> seriesKind().map(_ -> Operation.SERIES))
                        .map(Set::of)
                        .orElse(Set.of());
        };
    }
}
