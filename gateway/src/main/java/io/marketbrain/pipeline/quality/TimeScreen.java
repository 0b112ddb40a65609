package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The checks of single times: ahead of the provider's clock, or before there was such data. Pure. */
final class TimeScreen {
    /** How far a time may be ahead of the provider's clock. */
    static final Duration FUTURE_TOLERANCE = Duration.ofMinutes(1);

    /** No current price of anything is older. */
    private static final Instant FIRST_CURRENT = Instant.parse("1990-01-01T00:00:00Z");

    /** The first block of Bitcoin. */
    private static final Instant FIRST_CRYPTO = Instant.parse("2009-01-03T00:00:00Z");

    private TimeScreen() {}

    /**
     * Adds what is wrong with the time of current data.
     *
     * @param what what the time is of, to begin a sentence with
     */
    static Findings current(
            String what, @Nullable Instant time, AssetType type, Instant providerNow, Findings found) {
        if (time == null) {
            return found;
        }
        return historic(what, time, time.isBefore(FIRST_CURRENT), type, providerNow, found);
    }

    /** Adds what is wrong with the time of a record that may be from the past. */
    static Findings historic(String what, Instant time, AssetType type, Instant providerNow, Findings found) {
        return historic(what, time, false, type, providerNow, found);
    }

    private static Findings historic(
            String what, Instant time, boolean tooEarly, AssetType type, Instant providerNow, Findings found) {
        if (tooEarly || (type == AssetType.CRYPTO && time.isBefore(FIRST_CRYPTO))) {
            return found.and(QualityCheck.ABSURD_TIME, what + " is of " + time + ", before there was such data");
        }
        if (time.getEpochSecond() - providerNow.getEpochSecond() > FUTURE_TOLERANCE.getSeconds()) {
            return found.and(
                    QualityCheck.FUTURE_TIME,
                    what + " is of " + time + ", "
                            + AgeText.of(Duration.between(providerNow, time))
                            + " ahead of the provider's clock (" + providerNow + ")");
        }
        return found;
    }
}
