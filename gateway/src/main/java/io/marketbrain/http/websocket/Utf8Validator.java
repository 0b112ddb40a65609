package io.marketbrain.http.websocket;

/**
 * Checks that bytes that arrive in pieces are UTF-8 (RFC 3629, 4): no overlong forms, no surrogates, nothing beyond
 * U+10FFFF. Reports the first wrong byte, even in the middle of a character. Not thread-safe.
 */
final class Utf8Validator {
    private static final int FIRST_CONTINUATION = 0x80;
    private static final int LAST_CONTINUATION = 0xbf;

    /** The number of bytes that the current character lacks. */
    private int missing;

    /** The range of its next byte. */
    private int least = FIRST_CONTINUATION;

    private int most = LAST_CONTINUATION;

    /** Takes the next bytes; false if they are not UTF-8. */
    boolean accept(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            int b = bytes[i] & 0xff;
            if (missing == 0 ? !first(b) : !next(b)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes so far end with a whole character. */
    boolean complete() {
        return missing == 0;
    }

    private boolean next(int b) {
        boolean valid = b >= least && b <= most;
        missing--;
        least = FIRST_CONTINUATION;
        most = LAST_CONTINUATION;
        return valid;
    }

    private boolean first(int b) {
        if (b < 0x80) {
            return true;
        }
        missing = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        switch (b) {
            case 0xe0 -> least = 0xa0; // else overlong
            case 0xed -> most = 0x9f; // else a surrogate
            case 0xf0 -> least = 0x90; // else overlong
            case 0xf4 -> most = 0x8f; // else beyond U+10FFFF
            default -> {}
        }
        return b >= 0xc2 && b <= 0xf4;
    }
}
