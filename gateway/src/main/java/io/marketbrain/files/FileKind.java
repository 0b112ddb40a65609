package io.marketbrain.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Checks what kind of file a name refers to, without opening it: opening a named pipe waits for its other end, and a
 * device may never end.
 */
public final class FileKind {
    private FileKind() {}

    /** The attributes of a regular file; throws {@link UnreadableFile} for anything else. */
    public static BasicFileAttributes requireRegular(Path file) throws UnreadableFile {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw new UnreadableFile("is a folder, not a file");
            }
            if (!attributes.isRegularFile()) {
                throw new UnreadableFile("is a named pipe, a socket or a device, not a regular file");
            }
            return attributes;
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(file)) {
                throw new UnreadableFile("is a link to a file that does not exist");
            }
            throw UnreadableFile.ofMissing();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Whether there is anything of that name, even a link that leads nowhere. */
    public static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Why a file could not be read. */
    public static UnreadableFile unreadable(IOException e) {
        return e instanceof NoSuchFileException ? UnreadableFile.ofMissing() : UnreadableFile.ofFailure(reason(e));
    }

    /** The reason of a failed operation without the name of the file, which messages show already. */
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException failed && failed.getReason() != null
                ? failed.getReason()
                : e instanceof FileSystemException ? e.getClass().getSimpleName() : String.valueOf(e.getMessage());
    }
}
