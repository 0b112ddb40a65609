package io.marketbrain.files;

/** A file cannot be used. The message says why, in words that follow the file's name, without any of its contents. */
public final class UnreadableFile extends Exception {
    private static final long serialVersionUID = 1L;

    private final Cause cause;

    /** What kind of reason there is. */
    private enum Cause {
        MISSING,
        /** The operating system refused; the same file may be readable the next time. */
        FAILED,
        UNUSABLE
    }

    /** The file is of the wrong kind or has the wrong contents. */
    public UnreadableFile(String reason) {
        this(reason, Cause.UNUSABLE);
    }

    private UnreadableFile(String reason, Cause cause) {
        super(reason, null, false, false);
        this.cause = cause;
    }

    static UnreadableFile ofMissing() {
        return new UnreadableFile("does not exist", Cause.MISSING);
    }

    static UnreadableFile ofFailure(String reason) {
        return new UnreadableFile("cannot be read: " + reason, Cause.FAILED);
    }

    /** Whether there is no file of that name. */
    public boolean missing() {
        return cause == Cause.MISSING;
    }

    /** Whether the same file may be readable the next time. */
    public boolean mayPass() {
        return cause == Cause.FAILED;
    }

    /** Why the file cannot be used: {@code is a folder, not a file}. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
