package io.marketbrain.files;

import java.nio.file.Path;

/** The gateway does not start because of one of its files. The message is shown to the user who starts it. */
public final class FileRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param advice what the user can do, as a sentence without a full stop */
    public FileRefused(Path file, String reason, String advice) {
        super(file + " " + reason + "; " + advice);
    }
}
