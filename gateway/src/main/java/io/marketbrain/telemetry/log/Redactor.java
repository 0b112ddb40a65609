package io.marketbrain.telemetry.log;

/**
 * Removes secrets from text before it reaches a sink. Called on the thread that logs, so it must be thread-safe, fast,
 * and must not log. If it throws, the text is withheld.
 */
@FunctionalInterface
public interface Redactor {

    /** The text with every secret replaced; the same text if it contains none. */
    String redact(String text);

    /** A redactor that changes nothing. */
    static Redactor none() {
        return text -> text;
    }
}
