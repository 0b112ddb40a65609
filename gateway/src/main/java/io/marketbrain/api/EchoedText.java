package io.marketbrain.api;

/** Text of a caller as messages quote it: cut to {@value #MAX_LENGTH} characters. */
final class EchoedText {
    static final int MAX_LENGTH = 100;

    private EchoedText() {}

    static String of(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
