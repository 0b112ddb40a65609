package io.marketbrain.cli.doctor;

/**
 * The result of one check.
 *
 * @param subject what was checked
 * @param words the result in words
 * @param remedy how to fix it; empty if there is nothing to do
 */
record CheckResult(Grade grade, String subject, String words, String remedy) {

    /** The severity. */
    enum Grade {
        GOOD,
        /** Works, but worth knowing. */
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
