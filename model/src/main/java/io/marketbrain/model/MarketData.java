package io.marketbrain.model;

import io.marketbrain.model.calendar.CurrencyWeek;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.model.price.PriceUnit;
import io.marketbrain.model.price.QuoteDetails;
import io.marketbrain.model.price.SeriesDetails;
import io.marketbrain.model.price.ShareRatio;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Normalised market data. Prices and sizes are exact decimals; values that the provider does not supply are null, never
 * zero.
 */
public sealed interface MarketData {

    /** The instant the data refers to, by the provider's clock; null where the provider does not supply it. */
    @Nullable
    Instant asOf();

    /** How many records (candles, trades, levels, observations, items) this is, as providers bill them. */
    default long records() {
        return 1;
    }

    /** Data about one instrument at one provider. */
    sealed interface OfInstrument extends MarketData {
        Listing listing();
    }

    /**
     * How one provider lists an instrument.
     *
     * @param providerSymbol the provider's own spelling, such as {@code BTCUSDT}
     * @param exchange the venue's name
     * @param zone the IANA zone of the venue's trading day, such as {@code UTC} or {@code America/New_York}
     * @param priceUnit the unit of prices where it is not the currency itself ({@code GBp} is not {@code GBP})
     * @param delay how much later than the market the provider publishes these data; null for none, and of a quote, whose
     *     details say it
     */
    record Listing(
            Instrument instrument,
            String providerSymbol,
            String exchange,
            String zone,
            String priceUnit,
            @Nullable Duration delay) {

        /** A listing whose data is published without delay. */
        public Listing(Instrument instrument, String providerSymbol, String exchange, String zone, String priceUnit) {
            this(instrument, providerSymbol, exchange, zone, priceUnit, null);
        }

        /** The same listing, published with a delay. */
        public Listing delayedBy(Duration delay) {
            return new Listing(instrument, providerSymbol, exchange, zone, priceUnit, delay);
        }

        /** The same listing with its prices in a unit; whatever is not a pair is then quoted in the currency of that unit. */
        public Listing pricedIn(String unit) {
            boolean pair = instrument.type() == AssetType.CRYPTO || instrument.type() == AssetType.FX;
            return pair || unit.equals(priceUnit)
                    ? this
                    : new Listing(
                            instrument.quotedIn(PriceUnit.currencyOf(unit)),
                            providerSymbol,
                            exchange,
                            zone,
                            unit,
                            delay);
        }
    }

    /**
     * The latest price of an instrument and, where known, its spread and its figures over the last 24 hours (crypto)
     * or the current session (securities).
     *
     * @param volume traded amount of the base asset
     * @param quoteVolume traded amount in the quote currency
     */
    record Quote(
            Listing listing,
            BigDecimal price,
            @Nullable BigDecimal bid,
            @Nullable BigDecimal bidSize,
            @Nullable BigDecimal ask,
            @Nullable BigDecimal askSize,
            @Nullable BigDecimal open,
            @Nullable BigDecimal high,
            @Nullable BigDecimal low,
            @Nullable BigDecimal volume,
            @Nullable BigDecimal quoteVolume,
            @Nullable Instant asOf,
            QuoteDetails details)
            implements OfInstrument {

        /** A quote without further details. */
        public Quote(
                Listing listing,
                BigDecimal price,
                @Nullable BigDecimal bid,
                @Nullable BigDecimal bidSize,
                @Nullable BigDecimal ask,
                @Nullable BigDecimal askSize,
                @Nullable BigDecimal open,
                @Nullable BigDecimal high,
                @Nullable BigDecimal low,
                @Nullable BigDecimal volume,
                @Nullable BigDecimal quoteVolume,
                @Nullable Instant asOf) {
            this(
                    listing,
                    price,
                    bid,
                    bidSize,
                    ask,
                    askSize,
                    open,
                    high,
                    low,
                    volume,
                    quoteVolume,
                    asOf,
                    QuoteDetails.NONE);
        }

        /** The same quote with other details. */
        public Quote with(QuoteDetails details) {
            return new Quote(
                    listing, price, bid, bidSize, ask, askSize, open, high, low, volume, quoteVolume, asOf, details);
        }
    }

    /**
     * Candles of one interval, oldest first, without duplicates; missing bars are listed in {@code gaps}, never filled
     * in.
     *
     * @param adjustment what the prices are adjusted for; null where the provider does not say, and for what is neither split
     *     nor pays dividends
     * @param actions splits and dividends in the range, oldest first, where the provider sends them with its candles
     */
    record Candles(
            Listing listing,
            Interval interval,
            List<Candle> candles,
            List<Gap> gaps,
            @Nullable Instant asOf,
            @Nullable Adjustment adjustment,
            List<CorporateAction> actions)
            implements OfInstrument {
        private static final long SECONDS_PER_DAY = 24 * 60 * 60;

        public Candles {
            candles = List.copyOf(candles);
            gaps = List.copyOf(gaps);
            actions = List.copyOf(actions);
        }

        /** Candles without an adjustment and corporate actions. */
        public Candles(
                Listing listing, Interval interval, List<Candle> candles, List<Gap> gaps, @Nullable Instant asOf) {
            this(listing, interval, candles, gaps, asOf, null, List.of());
        }

        /**
         * The trading day of a candle of a day or more. Providers date such candles by midnight UTC, by midnight at the exchange or
         * by its opening; of currencies also by the end of the day before in New York.
         */
        public LocalDate sessionDate(Candle candle) {
            Instant open = candle.openTime();
            if (open.getEpochSecond() % SECONDS_PER_DAY == 0) {
                return LocalDate.ofInstant(open, ZoneOffset.UTC);
            }
            return listing.instrument().type() == AssetType.FX
                    ? CurrencyWeek.tradingDay(open)
                    : LocalDate.ofInstant(open, ZoneId.of(listing.zone()));
        }

        /** The same with other candles and gaps. */
        public Candles with(List<Candle> candles, List<Gap> gaps) {
            return new Candles(listing, interval, candles, gaps, asOf, adjustment, actions);
        }

        /** The same, published with a delay. */
        public Candles delayedBy(Duration delay) {
            return new Candles(listing.delayedBy(delay), interval, candles, gaps, asOf, adjustment, actions);
        }

        /** The same with another adjustment. */
        public Candles adjusted(@Nullable Adjustment adjustment) {
            return new Candles(listing, interval, candles, gaps, asOf, adjustment, actions);
        }

        /** The same with other corporate actions. */
        public Candles withActions(List<CorporateAction> actions) {
            return new Candles(listing, interval, candles, gaps, asOf, adjustment, actions);
        }

        @Override
        public long records() {
            return candles.size();
        }
    }

    /**
     * One bar: open, high, low, close and volume over {@code [openTime, openTime + interval)}.
     *
     * @param complete whether the bar has closed, so that it will not change any more
     */
    record Candle(
            Instant openTime,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            @Nullable BigDecimal volume,
            @Nullable BigDecimal quoteVolume,
            @Nullable Long trades,
            boolean complete) {

        /** The same candle, which its provider may still change. */
        public Candle unfinished() {
            return new Candle(openTime, open, high, low, close, volume, quoteVolume, trades, false);
        }
    }

    /**
     * A gap: {@code missing} bars that the provider did not send, from {@code from} inclusive to {@code to} exclusive.
     */
    record Gap(Instant from, Instant to, long missing) {}

    /**
     * Resting orders: bids from the highest price down, asks from the lowest up.
     *
     * @param sequence the provider's update number, where it has one
     */
    record OrderBook(
            Listing listing,
            List<Level> bids,
            List<Level> asks,
            @Nullable Long sequence,
            @Nullable Instant asOf) implements OfInstrument {
        public OrderBook {
            bids = List.copyOf(bids);
            asks = List.copyOf(asks);
        }

        /** The same, published with a delay. */
        public OrderBook delayedBy(Duration delay) {
            return new OrderBook(listing.delayedBy(delay), bids, asks, sequence, asOf);
        }

        @Override
        public long records() {
            return bids.size() + (long) asks.size();
        }
    }

    /** The total size of the orders at one price. */
    record Level(BigDecimal price, BigDecimal size) {}

    /** Public trades, oldest first. */
    record Trades(
            Listing listing, List<Trade> trades, @Nullable Instant asOf) implements OfInstrument {
        public Trades {
            trades = List.copyOf(trades);
        }

        /** The same, published with a delay. */
        public Trades delayedBy(Duration delay) {
            return new Trades(listing.delayedBy(delay), trades, asOf);
        }

        @Override
        public long records() {
            return trades.size();
        }
    }

    /** One public trade; {@code side} is the taker's, null where unknown. */
    record Trade(
            String id,
            Instant time,
            BigDecimal price,
            BigDecimal size,
            @Nullable Side side) {}

    /** The side of the order that took liquidity. */
    enum Side {
        BUY,
        SELL
    }

    /**
     * A series of an economy or of an instrument, oldest observation first.
     *
     * @param details what the provider says about the values besides their unit
     * @param adjustment of dividends, whether they are those that were paid or recalculated for splits; null where that is
     *     not known, and of other series
     */
    record Series(
            String id,
            String title,
            @Nullable String unit,
            SeriesDetails details,
            @Nullable Adjustment adjustment,
            List<Observation> observations,
            @Nullable Instant asOf)
            implements MarketData {
        public Series {
            observations = List.copyOf(observations);
        }

        /** A series of which nothing but its unit is known. */
        public Series(
                String id,
                String title,
                @Nullable String unit,
                List<Observation> observations,
                @Nullable Instant asOf) {
            this(id, title, unit, SeriesDetails.NONE, null, observations, asOf);
        }

        /**
         * The same with what another answer says about the series, where this one does not say it.
         *
         * @param description an answer about the same series, whose title is the id if it names none
         */
        public Series describedBy(Series description) {
            return new Series(
                    id,
                    title.equals(id) ? description.title : title,
                    unit == null ? description.unit : unit,
                    details.or(description.details),
                    adjustment,
                    observations,
                    asOf);
        }

        @Override
        public long records() {
            return observations.size();
        }
    }

    /**
     * One value of a series.
     *
     * @param value null where the source marks it as missing, and of a split whose ratio is no decimal number
     * @param ratio the ratio of a split; null otherwise
     */
    record Observation(
            Instant time,
            @Nullable BigDecimal value,
            @Nullable ShareRatio ratio) {
        public Observation(Instant time, @Nullable BigDecimal value) {
            this(time, value, null);
        }
    }

    /** News items, newest first. */
    record NewsItems(List<NewsItem> items, @Nullable Instant asOf) implements MarketData {
        public NewsItems {
            items = List.copyOf(items);
        }

        @Override
        public long records() {
            return items.size();
        }
    }

    record NewsItem(
            String id,
            Instant published,
            String title,
            @Nullable String summary,
            @Nullable String url) {}

    /**
     * The instruments that a provider lists. Used by the gateway itself: never cached, never sent to a caller.
     *
     * @param rejected how many others the provider listed under texts that are not valid symbols or codes
     * @param next the provider's word for the next page of the list; null if it is complete
     * @param problem why the next page could not be had; null if it was not requested, or if there is none
     */
    record Symbols(
            List<ListedSymbol> symbols,
            int rejected,
            @Nullable String next,
            @Nullable String problem) implements MarketData {
        public Symbols {
            symbols = List.copyOf(symbols);
        }

        /** A page of a list. */
        public Symbols(List<ListedSymbol> symbols, int rejected, @Nullable String next) {
            this(symbols, rejected, next, null);
        }

        /** A whole list. */
        public Symbols(List<ListedSymbol> symbols, int rejected) {
            this(symbols, rejected, null);
        }

        /** A list in which everything is valid. */
        public Symbols(List<ListedSymbol> symbols) {
            this(symbols, 0);
        }

        /** The same page of a list that goes on. */
        public Symbols continuedBy(@Nullable String next) {
            return new Symbols(symbols, rejected, next, problem);
        }

        @Override
        public @Nullable Instant asOf() {
            return null;
        }
    }

    /**
     * One instrument with the provider's own spelling; an instrument may have several.
     *
     * @param facts what else the list says; null for nothing
     */
    record ListedSymbol(
            String providerSymbol,
            Instrument instrument,
            @Nullable SymbolFacts facts) {
        public ListedSymbol(String providerSymbol, Instrument instrument) {
            this(providerSymbol, instrument, null);
        }

        /**
         * What a provider's list says about an instrument besides what it is; each may be null.
         *
         * @param contractSize how much one contract of a derivative is, in its base asset, or in its quote currency if it is
         *     settled in the base
         * @param isin the ISO 6166 number of a security
         * @param tick every price is a multiple of this
         * @param lot every size is a multiple of this
         * @param delisting that it is no longer traded under this symbol
         * @param earlier the delisting of another instrument that had the symbol before this one
         */
        public record SymbolFacts(
                @Nullable BigDecimal contractSize,
                @Nullable String isin,
                @Nullable BigDecimal tick,
                @Nullable BigDecimal lot,
                @Nullable Delisting delisting,
                @Nullable Delisting earlier) {
            public static final SymbolFacts NONE = new SymbolFacts(null, null);

            public SymbolFacts(@Nullable BigDecimal contractSize, @Nullable String isin) {
                this(contractSize, isin, null, null, null);
            }

            public SymbolFacts(
                    @Nullable BigDecimal contractSize,
                    @Nullable String isin,
                    @Nullable BigDecimal tick,
                    @Nullable BigDecimal lot,
                    @Nullable Delisting delisting) {
                this(contractSize, isin, tick, lot, delisting, null);
            }

            /** The same about an instrument whose symbol had been that of another one, which was delisted. */
            public SymbolFacts after(Delisting other) {
                return new SymbolFacts(contractSize, isin, tick, lot, delisting, other);
            }
        }

        /**
         * The end of a listing.
         *
         * @param on the day, where the list says it
         */
        public record Delisting(@Nullable LocalDate on) {
            /** The later of two; one whose day is not known counts as the earlier. */
            public static Delisting later(Delisting one, Delisting other) {
                LocalDate day = one.on();
                LocalDate otherDay = other.on();
                return otherDay != null && (day == null || otherDay.isAfter(day)) ? other : one;
            }
        }

        /** Whether the list says that the instrument is no longer traded under this symbol. */
        public boolean isDelisted() {
            return delisting() != null;
        }

        /** Its delisting; null while it is traded. */
        public @Nullable Delisting delisting() {
            return facts == null ? null : facts.delisting();
        }

        /** The same, after the delisting of another instrument that had the symbol. */
        public ListedSymbol after(Delisting other) {
            return new ListedSymbol(
                    providerSymbol, instrument, (facts == null ? SymbolFacts.NONE : facts).after(other));
        }
    }
}
