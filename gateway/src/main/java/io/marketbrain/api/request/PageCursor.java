package io.marketbrain.api.request;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.model.text.NumberText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of candles starts: a millisecond after the last one opened, so that a candle off the grid is not
 * stepped over, and what the prices so far are adjusted for, so that no page has others. Opaque to callers, which pass it back unchanged.
 */
public record PageCursor(
        Interval interval, Instant from, @Nullable Adjustment adjustment) {
    private static final String VERSION = "2";

    /**
     * The cursor of the page after {@code page}. There is one if the page is full, the query has a start, and the bar
     * after the last one opens before the query's end and before {@code now}.
     */
    public static Optional<PageCursor> after(Candles page, CandlesQuery asked, Instant now) {
        if (asked.from() == null || page.candles().size() < asked.limit()) {
            return Optional.empty();
        }
        Instant last = page.candles().getLast().openTime();
        Instant next = asked.interval().next(asked.interval().floor(last));
        Instant end = earlier(asked.to(), now);
        return next.isBefore(end)
                ? Optional.of(new PageCursor(asked.interval(), last.plusMillis(1), page.adjustment()))
                : Optional.empty();
    }

    private static Instant earlier(@Nullable Instant end, Instant now) {
        return end == null || now.isBefore(end) ? now : end;
    }

    public String text() {
        String plain = VERSION + "|" + interval.wire() + "|" + from.toEpochMilli()
                + (adjustment == null ? "" : "|" + adjustment.wire());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** The cursor that {@link #text} wrote for candles of {@code interval}. */
    public static PageCursor parse(String text, Interval interval) throws RequestRejected {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String prefix = VERSION + "|" + interval.wire() + "|";
            if (plain.startsWith(prefix)) {
                String[] rest = plain.substring(prefix.length()).split("\\|", 2);
                Instant from = Instant.ofEpochMilli(NumberText.parseLong(rest[0]));
                Optional<Adjustment> adjustment = rest.length == 1 ? Optional.empty() : Adjustment.find(rest[1]);
                if (Parameters.isPlausible(from) && rest.length == 1 + (adjustment.isPresent() ? 1 : 0)) {
                    return new PageCursor(interval, from, adjustment.orElse(null));
                }
            }
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            // falls through to the one message for every wrong value
        }
        throw RequestRejected.invalid(
                "cursor",
                EchoedText.of(text),
                "the next_cursor of an earlier response for the same interval, unchanged");
    }
}
