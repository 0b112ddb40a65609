package io.marketbrain.provider;

import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Marks candles as unfinished by the provider's clock, the {@code Date} of its response: the gateway's may be minutes ahead, and
 * the provider still changes the candle until its time is over there. Pure.
 */
final class CandleCompletion {
    /** A date that differs by more from the gateway's clock is not the time of the response. */
    private static final Duration MAX_SKEW = Duration.ofHours(24);

    private CandleCompletion() {}

    /** The time at the provider when it responded; empty if the response does not state it, or not plausibly. */
    static Optional<Instant> findTime(RawPayload raw) {
        return ResponseDate.find(raw)
                .filter(date -> Duration.between(date, raw.receivedAt()).abs().compareTo(MAX_SKEW) <= 0);
    }

    /** The candles with those marked as unfinished that are not over at the provider. */
    static Candles marked(Candles candles, RawPayload raw) {
        Optional<Instant> now = findTime(raw);
        return now.isEmpty() || candles.candles().stream().noneMatch(c -> isOpen(candles, c, now.get()))
                ? candles
                : marked(candles, now.get());
    }

    private static Candles marked(Candles candles, Instant now) {
        List<Candle> marked = candles.candles().stream()
                .map(candle -> isOpen(candles, candle, now) ? candle.unfinished() : candle)
                .toList();
        return new Candles(candles.listing(), candles.interval(), marked, candles.gaps(), candles.asOf());
    }

    private static boolean isOpen(Candles candles, Candle candle, Instant now) {
        return candles.interval().next(candle.openTime()).isAfter(now);
    }
}
