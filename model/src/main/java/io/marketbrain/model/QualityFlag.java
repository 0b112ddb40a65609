package io.marketbrain.model;

/**
 * A warning about the quality of the data; the data itself is returned unchanged.
 *
 * @param code a stable snake_case name, such as {@code crossed_book}
 * @param detail one sentence for the user
 */
public record QualityFlag(String code, String detail) {

    /** A flag that says that there may be more data than this, which the provider does not keep or did not send. */
    public static QualityFlag historyLimited(String detail) {
        return new QualityFlag("history_limited", detail);
    }
}
