package io.marketbrain.pipeline;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketDataBounds;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.model.price.SessionPrice;
import io.marketbrain.model.price.ShareRatio;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether normalised data can be the answer to a query: its kind, instrument, range, order and number of records, and the
 * bounds of its numbers and times. Applied to what a provider sent and to what another gateway stored. Pure.
 */
public final class MarketDataPolicy {
    /** The most splits and dividends of one answer: decades of monthly ones. */
    public static final int MOST_ACTIONS = 2000;

    private static final Duration LONGEST_DELAY = Duration.ofDays(31);

    private MarketDataPolicy() {}

    /** What is wrong with {@code data} as an answer to {@code query}, to complete the sentence "the data …"; empty if nothing is. */
    public static Optional<String> findFault(MarketQuery query, MarketData data) {
        return findMalformation(query, data)
                .or(() -> Optional.ofNullable(ImpossiblePrices.find(data))
                        .map(price -> "has an impossible price: " + price));
    }

    /** The same, except that a price may be zero or less: the values of a readable response are judged separately. */
    public static Optional<String> findMalformation(MarketQuery query, MarketData data) {
        if (isOfAnotherSubject(query, data)) {
            return Optional.of("is about another instrument or series");
        }
        if (!isInstant(data.asOf())) {
            return Optional.of("has a time that is not between 1900 and 2200");
        }
        return Optional.ofNullable(
                switch (data) {
                    case Quote quote -> isOf(query, MarketQuery.QuoteQuery.class, quoteFault(quote));
                    case Candles candles ->
                        query instanceof CandlesQuery q ? candlesFault(q, candles) : "is of another kind";
                    case OrderBook book -> query instanceof BookQuery q ? bookFault(q, book) : "is of another kind";
                    case Trades trades ->
                        isOf(query, MarketQuery.TradesQuery.class, tradesFault(trades, query.maxRecords()));
                    case Series series ->
                        query instanceof SeriesQuery q ? seriesFault(q, series) : "is of another kind";
                    case NewsItems news ->
                        isOf(query, MarketQuery.NewsQuery.class, newsFault(news, query.maxRecords()));
                    case Symbols _ -> isOf(query, MarketQuery.SymbolsQuery.class, null);
                });
    }

    /** Whether the data is about another instrument or series than the query. */
    public static boolean isOfAnotherSubject(MarketQuery query, MarketData data) {
        if (query instanceof MarketQuery.OfInstrument wanted && data instanceof MarketData.OfInstrument found) {
            return !found.listing().instrument().equals(wanted.instrument());
        }
        return query instanceof SeriesQuery wanted
                && data instanceof Series found
                && !found.id().toUpperCase(Locale.ROOT).equals(wanted.id().toUpperCase(Locale.ROOT));
    }

    private static @Nullable String isOf(
            MarketQuery query, Class<? extends MarketQuery> wanted, @Nullable String fault) {
        return wanted.isInstance(query) ? fault : "is of another kind";
    }

    private static @Nullable String quoteFault(Quote q) {
        boolean prices = isPrice(q.price())
                && isPrice(q.bid())
                && isPrice(q.ask())
                && isPrice(q.open())
                && isPrice(q.high())
                && isPrice(q.low());
        if (!prices) {
            return "has a price that exceeds the size limits";
        }
        if (!isInstantAndPrice(q.details().preMarket())
                || !isInstantAndPrice(q.details().postMarket())) {
            return "has a price outside the session that is not above zero, or has no valid time";
        }
        if (!isPrice(q.details().mark())
                || !isPrice(q.details().index())
                || !isInstant(q.details().nextFunding())
                || !isDecimal(q.details().fundingRate())
                || !isDelay(q.details().delay())) {
            return "has details of a quote that exceed the size limits";
        }
        return isAmount(q.bidSize())
                        && isAmount(q.askSize())
                        && isAmount(q.volume())
                        && isAmount(q.quoteVolume())
                        && isAmount(q.details().openInterest())
                ? null
                : "has an amount that is negative or exceeds the size limits";
    }

    private static @Nullable String candlesFault(CandlesQuery query, Candles candles) {
        if (candles.interval() != query.interval()) {
            return "is of another interval";
        }
        if (candles.candles().size() > query.limit()) {
            return "has more records than requested";
        }
        if (query.adjustment() != null && candles.adjustment() != query.adjustment()) {
            return "is adjusted for something else than requested";
        }
        if (candles.actions().size() > MOST_ACTIONS
                || !candles.actions().stream().allMatch(MarketDataPolicy::isAction)) {
            return "has a split or a dividend that exceeds the size limits";
        }
        Instant from = query.from() == null ? MarketDataBounds.EARLIEST : query.from();
        Instant to = query.to() == null ? MarketDataBounds.LATEST : query.to();
        Instant before = Instant.MIN;
        for (Candle c : candles.candles()) {
            if (c.openTime().isBefore(from) || !c.openTime().isBefore(to)) {
                return "has a candle outside the range";
            }
            if (!c.openTime().isAfter(before)) {
                return "has candles out of order";
            }
            before = c.openTime();
            if (!isPrice(c.open()) || !isPrice(c.high()) || !isPrice(c.low()) || !isPrice(c.close())) {
                return "has a price that exceeds the size limits";
            }
            if (!isAmount(c.volume()) || !isAmount(c.quoteVolume())) {
                return "has an amount that is negative or exceeds the size limits";
            }
        }
        for (Gap gap : candles.gaps()) {
            if (!gap.from().isBefore(gap.to())
                    || !MarketDataBounds.isInstant(gap.from())
                    || !MarketDataBounds.isInstant(gap.to())
                    || gap.missing() < 0) {
                return "has a gap that is none";
            }
        }
        return null;
    }

    private static @Nullable String bookFault(BookQuery query, OrderBook book) {
        String bids = sideFault(book.bids(), query.depth(), Comparator.reverseOrder());
        return bids == null ? sideFault(book.asks(), query.depth(), Comparator.naturalOrder()) : bids;
    }

    /** What is wrong with one side of a book, whose prices must be in {@code order}; null if nothing. */
    private static @Nullable String sideFault(List<Level> levels, int depth, Comparator<BigDecimal> order) {
        if (levels.size() > depth) {
            return "has more records than requested";
        }
        Level before = null;
        for (Level level : levels) {
            if (!isPrice(level.price())) {
                return "has a price that exceeds the size limits";
            }
            if (!isAmount(level.size())) {
                return "has an amount that is negative or exceeds the size limits";
            }
            if (before != null && order.compare(before.price(), level.price()) > 0) {
                return "has price levels out of order";
            }
            before = level;
        }
        return null;
    }

    private static @Nullable String tradesFault(Trades trades, long most) {
        if (trades.trades().size() > most) {
            return "has more records than requested";
        }
        Instant before = Instant.MIN;
        for (Trade trade : trades.trades()) {
            if (!isPrice(trade.price()) || !MarketDataBounds.isPrice(trade.size())) {
                return "has a price that exceeds the size limits, or a size that is not above zero and within them";
            }
            if (!MarketDataBounds.isInstant(trade.time()) || trade.time().isBefore(before)) {
                return "has trades out of order or at an impossible time";
            }
            before = trade.time();
        }
        return null;
    }

    private static @Nullable String seriesFault(SeriesQuery query, Series series) {
        if (series.observations().size() > query.limit()) {
            return "has more records than requested";
        }
        BigDecimal multiplier = series.details().unitMultiplier();
        if (multiplier != null && !MarketDataBounds.isPrice(multiplier)) {
            return "has a unit multiplier that is not above zero or exceeds the size limits";
        }
        for (Observation seen : series.observations()) {
            if (!MarketDataBounds.isInstant(seen.time())
                    || (seen.value() != null && !MarketDataBounds.isDecimal(seen.value()))
                    || (seen.ratio() != null && !isRatio(seen.ratio()))) {
                return "has an observation that exceeds the size limits";
            }
        }
        return null;
    }

    private static boolean isRatio(ShareRatio ratio) {
        return MarketDataBounds.isDecimal(ratio.newShares()) && MarketDataBounds.isDecimal(ratio.oldShares());
    }

    private static @Nullable String newsFault(NewsItems news, long most) {
        if (news.items().size() > most) {
            return "has more records than requested";
        }
        return news.items().stream().allMatch(item -> MarketDataBounds.isInstant(item.published()))
                ? null
                : "has a time that is not between 1900 and 2200";
    }

    private static boolean isPrice(@Nullable BigDecimal value) {
        return value == null || MarketDataBounds.isDecimal(value);
    }

    private static boolean isAction(CorporateAction action) {
        return MarketDataBounds.isInstant(action.time())
                && switch (action) {
                    case CorporateAction.Dividend(var _, BigDecimal amount) -> MarketDataBounds.isPrice(amount);
                    case CorporateAction.Split(var _, BigDecimal numerator, BigDecimal denominator) ->
                        MarketDataBounds.isPrice(numerator) && MarketDataBounds.isPrice(denominator);
                };
    }

    private static boolean isInstantAndPrice(@Nullable SessionPrice session) {
        return session == null || (isPrice(session.price()) && isInstant(session.time()));
    }

    private static boolean isDelay(@Nullable Duration delay) {
        return delay == null || (!delay.isNegative() && delay.compareTo(LONGEST_DELAY) <= 0);
    }

    private static boolean isDecimal(@Nullable BigDecimal value) {
        return value == null || MarketDataBounds.isDecimal(value);
    }

    private static boolean isAmount(@Nullable BigDecimal value) {
        return value == null || MarketDataBounds.isAmount(value);
    }

    private static boolean isInstant(@Nullable Instant instant) {
        return instant == null || MarketDataBounds.isInstant(instant);
    }
}
