package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.provider.LiveRow;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.mapping.response.ActionsRule;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes candles of the rows that a mapping finds, with the splits and dividends beside them. Pure. */
final class MappedCandles {
    private MappedCandles() {}

    static Candles read(Descriptor descriptor, CandlesQuery q, ResponseMapping mapping, RawPayload raw)
            throws MalformedPayload {
        RowFields fields = mapping.fields();
        List<Candle> candles = new ArrayList<>();
        Listing listing = descriptor.listing(q.instrument());
        List<CorporateAction> actions = new ArrayList<>();
        RowContext document = mapping.document(q, descriptor.symbols(), raw);
        List<RowContext> rows = mapping.allRows(document, raw);
        if (mapping.candles().even()) {
            requireEven(rows, fields, q.interval());
        }
        for (RowContext row : mapping.complete(rows)) {
            listing = candles.isEmpty() ? PricedListing.of(descriptor, q.instrument(), fields, row) : listing;
            Instant time = fields.time(row);
            ActionsRule.addOfRow(actions, time, fields, row);
            candles.add(new Candle(
                    time,
                    fields.decimal("open", row),
                    fields.decimal("high", row),
                    fields.decimal("low", row),
                    fields.decimal("close", row),
                    fields.amountOrNull("volume", row),
                    fields.amountOrNull("quote_volume", row),
                    trades(fields.find("trades", row)),
                    true));
        }
        if (mapping.candles().liveRow()) {
            LiveRow.merge(candles, q.interval());
        }
        for (ActionsRule rule : mapping.candles().actions()) {
            rule.addAll(actions, document, raw.limits());
        }
        return new Candles(listing, q.interval(), candles, List.of(), null).withActions(actions);
    }

    /**
     * Requires that of several candles two are one interval apart, and none but the latest two are closer: the latest one may be
     * dated by its last trade. Months differ in length, so of them nothing is required.
     */
    private static void requireEven(List<RowContext> rows, RowFields fields, Interval interval)
            throws MalformedPayload {
        var times = new TreeSet<Instant>();
        for (RowContext row : rows) {
            Instant time = fields.timeOrNull(row);
            if (time != null) {
                times.add(time);
            }
        }
        List<Duration> apart = times.stream()
                .skip(1)
                .map(time -> Duration.between(Objects.requireNonNull(times.lower(time)), time))
                .toList();
        if (apart.isEmpty() || interval == Interval.MO1) {
            return;
        }
        boolean fits = apart.contains(interval.length())
                && apart.stream().limit(apart.size() - 1L).noneMatch(each -> each.compareTo(interval.length()) < 0);
        if (!fits) {
            throw new MalformedPayload("the candles are of another interval than " + interval.wire());
        }
    }

    private static @Nullable Long trades(Optional<BigDecimal> count) throws MalformedPayload {
        try {
            return count.isPresent() ? (Long) count.get().longValueExact() : null;
        } catch (ArithmeticException e) {
            throw new MalformedPayload("a number of trades is not a whole number");
        }
    }
}
