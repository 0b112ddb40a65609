package io.marketbrain.cli.doctor;

/**
 * What a look at one thing found.
 *
 * @param subject what was looked at
 * @param words how it is
 * @param remedy what to do about it; empty where nothing needs doing
 */
record CheckResult(Grade grade, String subject, String words, String remedy) {

    /** How bad it is. */
    enum Grade {
        GOOD,
        /** Works, but somebody may want to know. */
        NOTE,
        /** Does not work, or soon will not. */
        WRONG
    }

    static CheckResult good(String subject, String words) {
        return new CheckResult(Grade.GOOD, subject, words, "");
    }

    static CheckResult note(String subject, String words, String remedy) {
        return new CheckResult(Grade.NOTE, subject, words, remedy);
    }

    static CheckResult wrong(String subject, String words, String remedy) {
        return new CheckResult(Grade.WRONG, subject, words, remedy);
    }
}
