package io.marketbrain.provider.descriptor;

/** A descriptor that cannot be used: the message says where in which file, what is wrong, and what is allowed. */
public final class InvalidDescriptor extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** {@code line} and {@code column} count from 1. */
    InvalidDescriptor(String file, int line, int column, String reason) {
        super(file + ":" + line + ":" + column + ": " + reason);
    }
}
