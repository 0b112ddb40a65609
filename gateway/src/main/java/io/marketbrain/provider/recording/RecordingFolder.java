package io.marketbrain.provider.recording;

import io.marketbrain.files.FileReplacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes exchanges as {@code rest/<provider>/<case>.<ext>} and {@code <case>.meta.json}, the body first, so that what has a
 * meta file is complete. Counts what is in the folder once, with the first exchange, and keeps within the limits. For one
 * thread.
 */
final class RecordingFolder {
    private static final int FILES_PER_EXCHANGE = 2;
    private static final int MOST_NAME_CHARACTERS = 80;
    private static final int MOST_OF_ONE_NAME = 1000;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final long maxBytes;
    private final long maxFiles;
    private boolean counted;
    private long bytes;
    private long files;

    RecordingFolder(Path folder, long maxBytes, long maxFiles) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.maxFiles = maxFiles;
    }

    /** Writes one exchange; false if the limits leave no room for it. A failed write leaves nothing behind. */
    boolean write(ExchangeMeta meta, byte[] body) throws IOException {
        byte[] text = ExchangeMetaCodec.write(meta, body);
        count();
        if (bytes + body.length + text.length > maxBytes || files + FILES_PER_EXCHANGE > maxFiles) {
            return false;
        }
        Path place = folder.resolve("rest").resolve(meta.provider());
        FileReplacement.createFolder(place);
        String name = freeName(place, name(meta));
        Path data = place.resolve(name + "." + extension(meta));
        try {
            FileReplacement.replace(data, body);
            FileReplacement.replace(place.resolve(name + RecordingArchive.META), text);
        } catch (IOException e) {
            Files.deleteIfExists(data);
            throw e;
        }
        bytes += body.length + text.length;
        files += FILES_PER_EXCHANGE;
        return true;
    }

    private void count() throws IOException {
        Path rest = folder.resolve("rest");
        if (counted || !Files.isDirectory(rest)) {
            counted = true;
            return;
        }
        long foundBytes = 0;
        long foundFiles = 0;
        try (Stream<Path> all = Files.walk(rest)) {
            for (Iterator<Path> each = all.iterator(); each.hasNext() && foundFiles <= maxFiles; ) {
                var attributes = Files.readAttributes(each.next(), BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    foundFiles++;
                    foundBytes += attributes.size();
                }
            }
        }
        bytes = foundBytes;
        files = foundFiles;
        counted = true;
    }

    /** {@code api_v3_depth--BTCUSDT-20260701T000000.000Z}: safe as a file name whatever is in the address. */
    private static String name(ExchangeMeta meta) {
        String path = RequestKey.pathOf(meta.url());
        String what = safe(path.startsWith("/") ? path.substring(1) : path)
                + meta.symbol().map(symbol -> "--" + safe(symbol)).orElse("");
        String shown = what.length() > MOST_NAME_CHARACTERS ? what.substring(0, MOST_NAME_CHARACTERS) : what;
        return shown + "-" + STAMP.format(meta.recordedAt().orElse(Instant.EPOCH));
    }

    private static String safe(String text) {
        String safe = text.replaceAll("[^A-Za-z0-9-]+", "_");
        return safe.isEmpty() ? "_" : safe;
    }

    private static String freeName(Path place, String name) throws IOException {
        if (!Files.exists(place.resolve(name + RecordingArchive.META))) {
            return name;
        }
        for (int i = 2; i <= MOST_OF_ONE_NAME; i++) {
            String next = name + "~" + i;
            if (!Files.exists(place.resolve(next + RecordingArchive.META))) {
                return next;
            }
        }
        throw new IOException("has too many recordings of one name");
    }

    private static String extension(ExchangeMeta meta) {
        String type = meta.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        return EXTENSIONS.entrySet().stream()
                .filter(known -> type.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(type.isEmpty() ? "json" : "txt");
    }

    private static final Map<String, String> EXTENSIONS =
            Map.of("json", "json", "javascript", "json", "csv", "csv", "html", "html", "xml", "xml");
}
