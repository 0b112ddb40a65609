package io.marketbrain.api.streams;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.RequestRejected;
import java.time.Duration;

/** The least time between two quotes, books or open bars that a client asks for. Pure. */
final class Throttle {
    static final String PARAMETER = "throttle";
    private static final Duration MAX_THROTTLE = Duration.ofMinutes(1);

    private Throttle() {}

    /** A duration such as {@code 250ms} or {@code 1s}. */
    static Duration read(Parameters parameters) throws RequestRejected {
        String text = parameters.find(PARAMETER).orElse("0ms");
        String digits = text.replaceFirst("m?s$", "");
        boolean number =
                !digits.isEmpty() && digits.length() <= 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (number && digits.length() < text.length()) {
            long value = Long.parseLong(digits);
            Duration throttle = text.endsWith("ms") ? Duration.ofMillis(value) : Duration.ofSeconds(value);
            if (throttle.compareTo(MAX_THROTTLE) <= 0) {
                return throttle;
            }
        }
        throw RequestRejected.invalid(PARAMETER, EchoedText.of(text), "a time such as 250ms or 2s, up to 60s");
    }
}
