package io.marketbrain.model;

/** The identifier of one request in responses, logs and traces: 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}. */
public record CallId(String value) {
    public static final int MAX_LENGTH = 64;

    public CallId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a call id must be 1 to 64 characters of A-Z a-z 0-9 . _ -");
        }
    }

    /** Whether {@code text} is a valid call id. */
    public static boolean isValid(String text) {
        boolean valid = !text.isEmpty() && text.length() <= MAX_LENGTH;
        for (int i = 0; i < text.length() && valid; i++) {
            char c = text.charAt(i);
            valid = isAlphanumeric(c) || c == '.' || c == '_' || c == '-';
        }
        return valid;
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return value;
    }
}
