package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The checks of single times: ahead of the provider's clock, or before there was such data. Pure. */
final class TimeScreen {
    /** How far a time may be ahead of the provider's clock. */
    static final Duration FUTURE_TOLERANCE = Duration.ofMinutes(1);

    /** No current price, and no record of crypto, is older: milliseconds taken for seconds and a time of 0 are in 1970. */
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

    private TimeScreen() {}

    /**
     * Adds what is wrong with the time of current data.
     *
     * @param what what the time is of, to begin a sentence with
     */
    static Findings current(String what, @Nullable Instant time, Instant providerNow, Findings found) {
        return time == null ? found : checked(what, time, time.isBefore(EARLIEST), providerNow, found);
    }

    /** Adds what is wrong with the time of a record that may be from the past. */
    static Findings historic(String what, Instant time, AssetType type, Instant providerNow, Findings found) {
        return checked(what, time, type == AssetType.CRYPTO && time.isBefore(EARLIEST), providerNow, found);
    }

    private static Findings checked(String what, Instant time, boolean absurd, Instant providerNow, Findings found) {
        if (absurd) {
            return found.and(QualityCheck.ABSURD_TIME, what + " is of " + time + ", before there was such data");
        }
        if (time.getEpochSecond() - providerNow.getEpochSecond() > FUTURE_TOLERANCE.toSeconds()) {
            return found.and(
                    QualityCheck.FUTURE_TIME,
                    what + " is of " + time + ", "
                            + AgeText.of(Duration.between(providerNow, time))
                            + " ahead of the provider's clock (" + providerNow + ")");
        }
        return found;
    }
}
