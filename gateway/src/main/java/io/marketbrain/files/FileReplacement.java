package io.marketbrain.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Replaces a file as a whole, so that a crash of the process leaves the old or the new one, and sets damaged files
 * aside. Creates the folder. A failed replacement leaves no temporary file behind.
 */
public final class FileReplacement {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private FileReplacement() {}

    public static void replace(Path file, String text) throws IOException {
        replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    public static void replace(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            createFolder(folder);
        }
        Path next = Files.createTempFile(folder, file.getFileName().toString(), ".next");
        try {
            Files.write(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** Creates the folder and those above it; the message of the exception says what is in the way. */
    public static void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(folder + " is not a folder", e);
        }
    }

    /**
     * Renames a damaged file to {@code NAME.damaged-20260301T120000Z} and describes what was done, in words that follow
     * the reason. If it cannot be renamed it stays where it is.
     */
    public static String setAside(Path file, Instant now) {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + STAMP.format(now));
        try {
            Files.move(file, aside);
            return "it is kept as " + aside.getFileName();
        } catch (IOException e) {
            return "it cannot be renamed: " + FileKind.reason(e);
        }
    }
}
