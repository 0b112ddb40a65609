package io.marketbrain.store.sqlite;

import io.marketbrain.files.FileKind;
import io.marketbrain.files.UnreadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Checks a database file without SQLite, which would silently fill an empty or missing file with an empty database. A
 * marker file beside it says that there is a database: it is written after the database was created, and never removed.
 *
 * @param marker {@code NAME.started}
 */
record DatabaseFile(Path file, Path marker) {
    private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final long MAX_BYTES = 1L << 30;

    static DatabaseFile of(Path file) {
        return new DatabaseFile(file, file.resolveSibling(file.getFileName() + ".started"));
    }

    /** Whether there is a database; throws {@link UnreadableFile} if it cannot be used or was lost. */
    boolean check() throws UnreadableFile {
        try {
            long size = FileKind.requireRegular(file).size();
            if (size == 0) {
                throw new UnreadableFile("is empty (0 bytes)");
            }
            if (size > MAX_BYTES) {
                throw new UnreadableFile("is larger than 1 GiB");
            }
            checkHeader();
            checkCompanion("-wal");
            checkCompanion("-shm");
            return true;
        } catch (UnreadableFile e) {
            if (!e.missing()) {
                throw e;
            }
            if (isMarked()) {
                throw new UnreadableFile("is missing, although " + marker.getFileName() + " says that there was one");
            }
            return false;
        }
    }

    private void checkHeader() throws UnreadableFile {
        try (InputStream in = Files.newInputStream(file)) {
            if (!Arrays.equals(in.readNBytes(HEADER.length), HEADER)) {
                throw new UnreadableFile("is not a SQLite database");
            }
        } catch (IOException e) {
            throw FileKind.unreadable(e);
        }
    }

    private void checkCompanion(String suffix) throws UnreadableFile {
        Path companion = file.resolveSibling(file.getFileName() + suffix);
        try {
            FileKind.requireRegular(companion);
        } catch (UnreadableFile e) {
            if (!e.missing()) {
                throw new UnreadableFile("has a file " + companion.getFileName() + " that " + e.reason());
            }
        }
    }

    /** What is wrong with the file, as far as can be seen without SQLite; empty if nothing is. */
    Optional<String> findProblem() {
        try {
            check();
            return Optional.empty();
        } catch (UnreadableFile e) {
            return Optional.of(e.reason());
        }
    }

    /** Gives a complete new database its name, unless another process was first. */
    void publish(Path complete) throws IOException {
        try {
            Files.createLink(file, complete);
        } catch (FileAlreadyExistsException e) {
            // Another process has created the database; both use that one.
        } catch (UnsupportedOperationException | IOException e) {
            // A file system without hard links.
            Files.move(complete, file);
        }
    }

    /** Whether the database is complete, so that nothing of it may be missing. */
    boolean isMarked() {
        return FileKind.exists(marker);
    }

    void mark() throws IOException {
        if (!isMarked()) {
            Files.writeString(
                    marker, "There is a database " + file.getFileName() + ". Without it, what was spent is unknown.\n");
        }
    }
}
