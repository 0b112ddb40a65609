package io.marketbrain.pipeline.quality;

import java.time.Duration;

/** Lengths of time in words, in the largest unit that fits. */
final class AgeText {
    private AgeText() {}

    /** {@code 42 s}, {@code 5 min}, {@code 3 h} or {@code 400 days}, rounded down. */
    static String of(Duration length) {
        long seconds = length.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }
}
