package io.marketbrain.api.rendering;

/** Text of a caller as messages quote it: cut to {@value #MAX_LENGTH} characters. */
public final class EchoedText {
    static final int MAX_LENGTH = 100;

    private EchoedText() {}

    public static String of(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
