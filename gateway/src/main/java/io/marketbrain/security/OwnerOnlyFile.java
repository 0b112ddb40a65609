package io.marketbrain.security;

import io.marketbrain.files.FileKind;
import io.marketbrain.files.UnreadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
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
public final class OwnerOnlyFile {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final Set<PosixFilePermission> WRITE_BY_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private static final int LOCK_TRIES = 200;
    private static final int LOCK_PAUSE_MILLIS = 50;

    private OwnerOnlyFile() {}

    /** Work that is run under the lock. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run() throws E, IOException;
    }

    /** Creates an empty file; fails if there is one. */
    public static void create(Path file) throws IOException {
        Files.createFile(file, permissions(folder(file)));
    }

    public static void replace(Path file, byte[] content) throws IOException {
        Path folder = folder(file);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        create(next);
        try {
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
        try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
            entry.force(true);
        } catch (IOException e) {
            // Not every system can sync a folder; on those the move itself is durable.
        }
    }

    /**
     * Runs {@code work} under a lock between processes on {@code file}; fails if another process keeps it for ten seconds.
     */
    static <T, E extends Exception> T locked(Path file, Work<T, E> work) throws E, IOException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        if (!FileKind.exists(lock)) {
            try {
                create(lock);
            } catch (java.nio.file.FileAlreadyExistsException e) {
                // Another process created it at the same time.
            }
        }
        try {
            FileKind.requireRegular(lock);
        } catch (UnreadableFile e) {
            throw new IOException(lock + " " + e.reason());
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                var _ = lock(channel, lock)) {
            return work.run();
        }
    }

    private static FileLock lock(FileChannel channel, Path file) throws IOException {
        for (int i = 0; i < LOCK_TRIES; i++) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            try {
                Thread.sleep(LOCK_PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new IOException(file + " is locked by another process");
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

    /** Describes permissions that let other users change the file, and how to fix them; empty if there are none. */
    static Optional<String> findForeignWriters(Path file) throws IOException {
        if (!hasPermissions(file)) {
            return Optional.empty();
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.stream().noneMatch(WRITE_BY_OTHERS::contains)
                ? Optional.empty()
                : Optional.of("can be changed by other users (" + PosixFilePermissions.toString(permissions)
                        + "); run: chmod 600 " + file);
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
