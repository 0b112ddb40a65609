package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.calendar.ExchangeCalendar;
import io.marketbrain.model.price.QuoteDetails;
import io.marketbrain.model.price.SessionPrice;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a quote of the row that a mapping finds. Pure. */
final class MappedQuote {
    private static final BigDecimal MOST_DELAY_SECONDS = BigDecimal.valueOf(1_000_000);

    private MappedQuote() {}

    static Quote read(Descriptor descriptor, QuoteQuery q, ResponseMapping mapping, RawPayload raw)
            throws MalformedPayload {
        RowContext row = mapping.picked(mapping.completeRows(mapping.document(q, descriptor.symbols(), raw), raw));
        RowFields fields = mapping.fields();
        Listing listing = PricedListing.of(descriptor, q.instrument(), fields, row);
        return new Quote(
                listing,
                fields.decimal("price", row),
                fields.priceOrNull("bid", row),
                fields.amountOrNull("bid_size", row),
                fields.priceOrNull("ask", row),
                fields.amountOrNull("ask_size", row),
                fields.priceOrNull("open", row),
                fields.priceOrNull("high", row),
                fields.priceOrNull("low", row),
                fields.amountOrNull("volume", row),
                fields.amountOrNull("quote_volume", row),
                time(fields, row, listing, raw.receivedAt()),
                details(fields, row));
    }

    /**
     * The time of a quote. Where only its day is known, that is the close of the instrument's exchange if its hours are known,
     * but of a day that is not over not after the quote was received. A day that has not begun stays one in the future.
     */
    private static @Nullable Instant time(RowFields fields, RowContext row, Listing listing, Instant receivedAt)
            throws MalformedPayload {
        Instant written = fields.timeOrNull(row);
        if (written == null) {
            return null;
        }
        Optional<ZoneId> zone = fields.findZoneOfDay("time", row);
        if (zone.isEmpty()) {
            return written;
        }
        LocalDate day = LocalDate.ofInstant(written, zone.get());
        Instant time = findClose(listing, day).orElse(written);
        boolean begun =
                !receivedAt.isBefore(day.atStartOfDay(ZoneId.of(listing.zone())).toInstant());
        return begun && time.isAfter(receivedAt) ? receivedAt : time;
    }

    private static Optional<Instant> findClose(Listing listing, LocalDate day) {
        return switch (listing.instrument().type()) {
            case STOCK, ETF, INDEX ->
                ExchangeCalendar.find(listing.instrument().mic(), listing.zone())
                        .filter(ExchangeCalendar::knowsHours)
                        .map(calendar -> calendar.sessions(day))
                        .filter(sessions -> !sessions.isEmpty())
                        .map(sessions -> sessions.getLast().closes());
            case CRYPTO, FX, COMMODITY, FUND, RATE, MACRO, NEWS -> Optional.empty();
        };
    }

    private static QuoteDetails details(RowFields fields, RowContext row) throws MalformedPayload {
        var details = new QuoteDetails(
                delay(fields, row),
                session("pre_price", "pre_time", fields, row),
                session("post_price", "post_time", fields, row),
                fields.priceOrNull("mark", row),
                fields.priceOrNull("index", row),
                fields.find("funding_rate", row).orElse(null),
                fields.timeOrNull("next_funding", row),
                fields.amountOrNull("open_interest", row));
        return details.equals(QuoteDetails.NONE) ? QuoteDetails.NONE : details;
    }

    private static @Nullable SessionPrice session(String price, String time, RowFields fields, RowContext row)
            throws MalformedPayload {
        BigDecimal found = fields.priceOrNull(price, row);
        return found == null ? null : new SessionPrice(found, fields.timeOrNull(time, row));
    }

    /** The delay in seconds, where it is not zero. */
    private static @Nullable Duration delay(RowFields fields, RowContext row) throws MalformedPayload {
        Optional<BigDecimal> seconds = fields.find("delay", row);
        if (seconds.isEmpty() || seconds.get().signum() == 0) {
            return null;
        }
        if (seconds.get().signum() < 0 || seconds.get().compareTo(MOST_DELAY_SECONDS) > 0) {
            throw new MalformedPayload("the delay of " + row.row() + " is not a time");
        }
        return Duration.ofSeconds(seconds.get().longValue());
    }
}
