package io.marketbrain.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Files that only their owner can read or write. They are replaced as a whole, so that a crash leaves either the old or
 * the new file.
 */
final class OwnerOnlyFile {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private OwnerOnlyFile() {}

    /** Work that is run under the lock. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run() throws E, IOException;
    }

    static void replace(Path file, byte[] content) throws IOException {
        Path folder = folder(file);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(next, permissions(folder));
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
            entry.force(true);
        } catch (IOException e) {
            // Not every system can sync a folder; on those the move itself is durable.
        }
    }

    /** Runs {@code work} under a lock between processes on {@code file}. */
    static <T, E extends Exception> T locked(Path file, Work<T, E> work) throws E, IOException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        if (Files.notExists(lock)) {
            try {
                Files.createFile(lock, permissions(folder(file)));
            } catch (java.nio.file.FileAlreadyExistsException e) {
                // Another process created it at the same time.
            }
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            return work.run();
        }
    }

    /** Describes permissions that let other users read the file, and how to fix them; empty if there are none. */
    static Optional<String> findExposure(Path file) throws IOException {
        if (!hasPermissions(file)) {
            return Optional.empty();
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return OWNER.containsAll(permissions)
                ? Optional.empty()
                : Optional.of(file + " has the permissions " + PosixFilePermissions.toString(permissions)
                        + ", but only its owner may have access; run: chmod 600 " + file);
    }

    private static FileAttribute<?>[] permissions(Path folder) throws IOException {
        return hasPermissions(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
    }

    private static Path folder(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        return Files.createDirectories(parent == null ? Path.of("/") : parent);
    }

    private static boolean hasPermissions(Path path) throws IOException {
        FileStore store = Files.getFileStore(path);
        return store.supportsFileAttributeView("posix");
    }
}
