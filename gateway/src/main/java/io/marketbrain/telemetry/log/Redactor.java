package io.marketbrain.telemetry.log;

/**
 * Takes secrets out of text before it reaches a sink. Called by the thread that logs, so it must be thread-safe, quick
 * and must not log. If it throws, the text is withheld.
 */
@FunctionalInterface
public interface Redactor {

    /** The text with every secret replaced; the text itself where it holds none. */
    String redact(String text);

    /** A redactor that knows no secret and changes nothing. */
    static Redactor none() {
        return text -> text;
    }
}
