package io.marketbrain.model;

/**
 * A warning about the quality of the data; the data itself is returned unchanged.
 *
 * @param code a stable snake_case name, such as {@code crossed_book}
 * @param detail one sentence for the user
 */
public record QualityFlag(String code, String detail) {
    private static final String NOT_DESCRIBED = "not_described";

    /** A flag that says that there may be more data than this, which the provider does not keep or did not send. */
    public static QualityFlag historyLimited(String detail) {
        return new QualityFlag("history_limited", detail);
    }

    /** A flag that says that the title and the unit of a series could not be had for now. */
    public static QualityFlag notDescribed(String detail) {
        return new QualityFlag(NOT_DESCRIBED, detail);
    }

    /** Whether it says that a series lacks a description that a later request may bring. */
    public boolean isNotDescribed() {
        return code.equals(NOT_DESCRIBED);
    }
}
