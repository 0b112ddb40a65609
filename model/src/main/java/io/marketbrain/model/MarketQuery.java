package io.marketbrain.model;

import io.marketbrain.model.price.Adjustment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One validated query for market data. Equal queries have equal results at the same moment, so a query can serve as a
 * cache key.
 */
public sealed interface MarketQuery {
    ProviderId provider();

    Operation operation();

    /** The subject of the query in canonical form: an instrument, a series id or a search text. */
    String subject();

    /** The same question to another provider. */
    MarketQuery to(ProviderId provider);

    /** The past instant that the answer is to describe; null for now, and where a query has no such instant. */
    default @Nullable Instant at() {
        return null;
    }

    /** The most records (candles, trades, levels, observations, items) that an answer can have. */
    default long maxRecords() {
        return 1;
    }

    /** A query about one instrument. */
    sealed interface OfInstrument extends MarketQuery {
        Instrument instrument();

        @Override
        default String subject() {
            return instrument().unified();
        }
    }

    /**
     * The latest quote.
     *
     * @param at a past instant to query, where the provider supports it; null for now
     */
    record QuoteQuery(
            ProviderId provider,
            Instrument instrument,
            @Nullable Instant at) implements OfInstrument {
        @Override
        public Operation operation() {
            return Operation.QUOTE;
        }

        @Override
        public MarketQuery to(ProviderId provider) {
            return new QuoteQuery(provider, instrument, at);
        }
    }

    /**
     * Candles by opening time, oldest first.
     *
     * @param from the first opening instant, inclusive; null for the last {@code limit} bars before {@code to}
     * @param to the end, exclusive; null for now
     * @param limit the maximum number of candles
     * @param adjustment what the prices are to be adjusted for; null for the provider's default
     */
    record CandlesQuery(
            ProviderId provider,
            Instrument instrument,
            Interval interval,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit,
            @Nullable Adjustment adjustment)
            implements OfInstrument {

        /** A query for the provider's default adjustment. */
        public CandlesQuery(
                ProviderId provider,
                Instrument instrument,
                Interval interval,
                @Nullable Instant from,
                @Nullable Instant to,
                int limit) {
            this(provider, instrument, interval, from, to, limit, null);
        }

        /** The same with prices of another kind. */
        public CandlesQuery adjusted(@Nullable Adjustment adjustment) {
            return new CandlesQuery(provider, instrument, interval, from, to, limit, adjustment);
        }

        /** The same for another range. */
        public CandlesQuery in(@Nullable Instant from, @Nullable Instant to, int limit) {
            return new CandlesQuery(provider, instrument, interval, from, to, limit, adjustment);
        }

        @Override
        public Operation operation() {
            return Operation.CANDLES;
        }

        @Override
        public CandlesQuery to(ProviderId provider) {
            return new CandlesQuery(provider, instrument, interval, from, to, limit, adjustment);
        }

        @Override
        public long maxRecords() {
            return limit;
        }
    }

    /** The order book, with at most {@code depth} levels per side. */
    record BookQuery(
            ProviderId provider,
            Instrument instrument,
            int depth,
            @Nullable Instant at) implements OfInstrument {
        @Override
        public Operation operation() {
            return Operation.BOOK;
        }

        @Override
        public MarketQuery to(ProviderId provider) {
            return new BookQuery(provider, instrument, depth, at);
        }

        @Override
        public long maxRecords() {
            return 2L * depth;
        }
    }

    /**
     * The latest trades, oldest first, at most {@code limit} of them.
     *
     * @param orFewer whether those of one request will do where a provider returns fewer than {@code limit} in one
     */
    record TradesQuery(
            ProviderId provider,
            Instrument instrument,
            int limit,
            @Nullable Instant at,
            boolean orFewer) implements OfInstrument {
        /** A query whose limit a provider must be able to return. */
        public TradesQuery(ProviderId provider, Instrument instrument, int limit, @Nullable Instant at) {
            this(provider, instrument, limit, at, false);
        }

        /** The latest trades, as many as a provider returns in one request but not more than a number. */
        public static TradesQuery upTo(int limit, ProviderId provider, Instrument instrument) {
            return new TradesQuery(provider, instrument, limit, null, true);
        }

        @Override
        public Operation operation() {
            return Operation.TRADES;
        }

        @Override
        public MarketQuery to(ProviderId provider) {
            return new TradesQuery(provider, instrument, limit, at, orFewer);
        }

        @Override
        public long maxRecords() {
            return limit;
        }
    }

    /**
     * A series by the provider's own id, or one about an instrument ({@code dividends:AAPL}). With a limit of zero, which only the
     * gateway itself asks for, it is what the provider says about the series, without observations.
     */
    record SeriesQuery(
            ProviderId provider,
            String id,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit) implements MarketQuery {
        /** The limit of a query for what a series is. */
        private static final int NO_OBSERVATIONS = 0;

        @Override
        public Operation operation() {
            return Operation.SERIES;
        }

        @Override
        public MarketQuery to(ProviderId provider) {
            return new SeriesQuery(provider, id, from, to, limit);
        }

        @Override
        public long maxRecords() {
            return limit;
        }

        @Override
        public String subject() {
            return id;
        }

        /** The query for what the provider says about this series. */
        public SeriesQuery description() {
            return new SeriesQuery(provider, id, null, null, NO_OBSERVATIONS);
        }

        /** Whether no observations are asked for. */
        public boolean isDescription() {
            return limit == NO_OBSERVATIONS;
        }
    }

    /** News items that match a text, newest first; an empty text matches all items. */
    record NewsQuery(ProviderId provider, String text, int limit) implements MarketQuery {
        @Override
        public Operation operation() {
            return Operation.NEWS;
        }

        @Override
        public MarketQuery to(ProviderId provider) {
            return new NewsQuery(provider, text, limit);
        }

        @Override
        public long maxRecords() {
            return limit;
        }

        @Override
        public String subject() {
            return text;
        }
    }

    /**
     * The instruments that the provider lists. Asked by the gateway itself, never by a caller.
     *
     * @param list the name of one of several lists, by the provider's descriptor; null for the first, or the only one
     * @param page the provider's word for a further page of the list; null for the first
     */
    record SymbolsQuery(
            ProviderId provider,
            @Nullable String list,
            @Nullable String page) implements MarketQuery {
        public SymbolsQuery(ProviderId provider) {
            this(provider, null, null);
        }

        /** The query for a further page of the same list. */
        public SymbolsQuery continuedAt(String next) {
            return new SymbolsQuery(provider, list, next);
        }

        @Override
        public Operation operation() {
            return Operation.SYMBOLS;
        }

        @Override
        public String subject() {
            return "instruments";
        }

        @Override
        public MarketQuery to(ProviderId provider) {
            return new SymbolsQuery(provider, list, page);
        }
    }
}
