package io.marketbrain.stream;

import java.util.Optional;

/**
 * A place in the log that all clients share, as clients send it to resume: {@code <epoch>.<position>}.
 *
 * @param epoch identifies the log; another one cannot be resumed from
 * @param position of the last event that the client has certainly received
 */
public record EventId(String epoch, long position) {
    private static final int MAX_LENGTH = 64;

    /** The id in a text; empty if it is none. */
    public static Optional<EventId> find(String text) {
        int dot = text.lastIndexOf('.');
        if (dot <= 0 || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            long position = Long.parseLong(text, dot + 1, text.length(), 10);
            return position < 0 ? Optional.empty() : Optional.of(new EventId(text.substring(0, dot), position));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return epoch + "." + position;
    }
}
