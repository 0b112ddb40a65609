package io.marketbrain.provider.mapping;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.model.price.PriceUnit;
import io.marketbrain.model.price.QuoteDetails;
import io.marketbrain.model.price.SessionPrice;
import io.marketbrain.model.text.IdentifierText;
import io.marketbrain.model.text.ProseText;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.LiveRow;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.mapping.response.ActionsRule;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import io.marketbrain.provider.mapping.response.ValueSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes market data of the rows that a mapping finds. Pure. */
final class MappedData {
    private static final BigDecimal MOST_DELAY_SECONDS = BigDecimal.valueOf(1_000_000);

    private final Descriptor descriptor;

    MappedData(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    Quote quote(QuoteQuery q, OperationMapping mapping, RawPayload raw) throws MalformedPayload {
        RowContext row = mapping.picked(rows(q, mapping, raw));
        RowFields fields = mapping.fields();
        return new Quote(
                listing(q.instrument(), fields, row),
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
                fields.timeOrNull(row),
                details(fields, row));
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

    /** The listing with its prices in the unit that a row names, if it names one. */
    private Listing listing(Instrument instrument, RowFields fields, RowContext row) throws MalformedPayload {
        Listing listing = descriptor.listing(instrument);
        Optional<String> unit = fields.findText("currency", row).filter(text -> !text.isEmpty());
        if (unit.isEmpty()) {
            return listing;
        }
        if (!IdentifierText.CODE.isValid(unit.get())) {
            throw new MalformedPayload("the currency of " + row.row() + " is not a code");
        }
        return listing.pricedIn(PriceUnit.canonical(unit.get()));
    }

    private List<RowContext> rows(MarketQuery q, OperationMapping mapping, RawPayload raw) throws MalformedPayload {
        return mapping.completeRows(mapping.document(q, descriptor.symbols(), raw), raw);
    }

    Candles candles(CandlesQuery q, OperationMapping mapping, RawPayload raw) throws MalformedPayload {
        RowFields fields = mapping.fields();
        List<Candle> candles = new ArrayList<>();
        Listing listing = descriptor.listing(q.instrument());
        List<CorporateAction> actions = new ArrayList<>();
        RowContext document = mapping.document(q, descriptor.symbols(), raw);
        List<RowContext> rows = mapping.allRows(document, raw);
        if (mapping.even()) {
            requireEven(rows, fields, q.interval());
        }
        for (RowContext row : mapping.complete(rows)) {
            listing = candles.isEmpty() ? listing(q.instrument(), fields, row) : listing;
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
        if (mapping.liveRow()) {
            LiveRow.merge(candles, q.interval());
        }
        for (ActionsRule rule : mapping.actions()) {
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

    /** Oldest first; of more than requested, the first from the start of the range, or the latest where it has none. */
    Series series(SeriesQuery q, OperationMapping mapping, RawPayload raw) throws MalformedPayload {
        RowFields fields = mapping.fields();
        List<VersionedValue> versions = new ArrayList<>();
        RowContext document = mapping.document(q, descriptor.symbols(), raw);
        for (RowContext row : mapping.completeRows(document, raw)) {
            Instant time = fields.time(row);
            boolean early = q.from() != null && time.isBefore(q.from());
            boolean late = q.to() != null && !time.isBefore(q.to());
            if (!early && !late) {
                versions.add(new VersionedValue(
                        new Observation(time, fields.find("value", row).orElse(null)),
                        fields.findText("version", row).orElse("")));
            }
        }
        List<Observation> found = VersionedValue.latest(versions);
        int excess = Math.max(0, found.size() - q.limit());
        List<Observation> kept =
                q.from() == null ? found.subList(excess, found.size()) : found.subList(0, found.size() - excess);
        return new Series(
                q.id(),
                said(mapping.title(), document).orElse(q.id()),
                said(mapping.unit(), document).orElse(null),
                kept,
                kept.isEmpty() ? null : kept.getLast().time());
    }

    /** A text about a series; one that the document should say must be there, unless it is optional. */
    private static Optional<String> said(Optional<ValueSource> what, RowContext document) throws MalformedPayload {
        if (what.isEmpty()) {
            return Optional.empty();
        }
        Optional<PayloadNode> found = what.get().find(document);
        if (found.isPresent()) {
            return Optional.of(ProseText.TITLE.clean(found.get().text()));
        }
        if (what.get().constant() == null && !what.get().optional()) {
            throw new ChangedPayload(document.document() + " lacks a documented value");
        }
        return Optional.empty();
    }

    /** A value of a series and the version of it, such as the day until which it was the published one. */
    private record VersionedValue(Observation observation, String name) {
        /** The latest version of each value, oldest first; two values of one version at one time are of two series. */
        static List<Observation> latest(List<VersionedValue> all) throws MalformedPayload {
            all.sort(Comparator.comparing((VersionedValue one) -> one.observation.time())
                    .thenComparing(VersionedValue::name));
            List<Observation> latest = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                VersionedValue one = all.get(i);
                VersionedValue next = i + 1 < all.size() ? all.get(i + 1) : null;
                if (next == null || !next.observation.time().equals(one.observation.time())) {
                    latest.add(one.observation);
                } else if (next.name.equals(one.name) && !next.equals(one)) {
                    throw new MalformedPayload("the document has several values for one time");
                }
            }
            return latest;
        }
    }

    Trades trades(TradesQuery q, OperationMapping mapping, RawPayload raw) throws MalformedPayload {
        RowFields fields = mapping.fields();
        List<Trade> trades = new ArrayList<>();
        for (RowContext row : rows(q, mapping, raw)) {
            Optional<BigDecimal> size = fields.findSize("size", row);
            if (size.isEmpty()) {
                continue;
            }
            Instant time = fields.time(row);
            BigDecimal price = fields.decimal("price", row);
            Side side = side(fields.findText("side", row));
            String id = fields.has("id") ? id(fields.findText("id", row)) : madeId(time, price, size.get());
            trades.add(new Trade(id, time, price, size.get(), side));
        }
        if (trades.size() > 1
                && trades.getFirst().time().isAfter(trades.getLast().time())) {
            // Those of the same time come in the opposite order, too.
            Collections.reverse(trades);
        }
        trades.sort(Comparator.comparing(Trade::time));
        int excess = Math.max(0, trades.size() - q.limit());
        Instrument instrument = q.instrument();
        return new Trades(descriptor.listing(instrument), trades.subList(excess, trades.size()), null);
    }

    /** The id of a trade at a provider that gives trades none. */
    private static String madeId(Instant time, BigDecimal price, BigDecimal size) {
        return time.toEpochMilli() + "-" + price.toPlainString() + "-" + size.toPlainString();
    }

    private static String id(Optional<String> id) throws MalformedPayload {
        if (id.isEmpty() || IdentifierText.ID.findProblem(id.get()).isPresent()) {
            throw new MalformedPayload("the id of a trade is missing or not an id");
        }
        return id.get();
    }

    /** The taker's side; {@code values} of the field says what the provider's words mean. */
    private static @Nullable Side side(Optional<String> side) throws MalformedPayload {
        if (side.isEmpty()) {
            return null;
        }
        return switch (side.get()) {
            case "buy" -> Side.BUY;
            case "sell" -> Side.SELL;
            default -> throw new MalformedPayload("the side of a trade is neither buy nor sell");
        };
    }
}
