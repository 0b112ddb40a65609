package io.marketbrain.cli;

/**
 * What a look at one thing found.
 *
 * @param subject what was looked at
 * @param words how it is
 * @param remedy what to do about it; empty where nothing needs doing
 */
record Finding(Grade grade, String subject, String words, String remedy) {

    /** How bad it is. */
    enum Grade {
        GOOD,
        /** Works, but somebody may want to know. */
        NOTE,
        /** Does not work, or soon will not. */
        WRONG
    }

    static Finding good(String subject, String words) {
        return new Finding(Grade.GOOD, subject, words, "");
    }

    static Finding note(String subject, String words, String remedy) {
        return new Finding(Grade.NOTE, subject, words, remedy);
    }

    static Finding wrong(String subject, String words, String remedy) {
        return new Finding(Grade.WRONG, subject, words, remedy);
    }
}
