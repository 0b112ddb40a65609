package io.marketbrain.model;

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

    /** The same query for another provider. */
    default MarketQuery to(ProviderId provider) {
        return switch (this) {
            case QuoteQuery q -> new QuoteQuery(provider, q.instrument(), q.at());
            case CandlesQuery q ->
                new CandlesQuery(provider, q.instrument(), q.interval(), q.from(), q.to(), q.limit());
            case BookQuery q -> new BookQuery(provider, q.instrument(), q.depth(), q.at());
            case TradesQuery q -> new TradesQuery(provider, q.instrument(), q.limit(), q.at());
            case SeriesQuery q -> new SeriesQuery(provider, q.id(), q.from(), q.to(), q.limit());
            case NewsQuery q -> new NewsQuery(provider, q.text(), q.limit());
        };
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
    }

    /**
     * Candles by opening time, oldest first.
     *
     * @param from the first opening instant, inclusive; null for the last {@code limit} bars before {@code to}
     * @param to the end, exclusive; null for now
     * @param limit the maximum number of candles
     */
    record CandlesQuery(
            ProviderId provider,
            Instrument instrument,
            Interval interval,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit)
            implements OfInstrument {
        @Override
        public Operation operation() {
            return Operation.CANDLES;
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
    }

    /** The latest trades, oldest first, at most {@code limit} of them. */
    record TradesQuery(
            ProviderId provider,
            Instrument instrument,
            int limit,
            @Nullable Instant at) implements OfInstrument {
        @Override
        public Operation operation() {
            return Operation.TRADES;
        }
    }

    /** A macro-economic series by the provider's own id. */
    record SeriesQuery(
            ProviderId provider,
            String id,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit) implements MarketQuery {
        @Override
        public Operation operation() {
            return Operation.SERIES;
        }

        @Override
        public String subject() {
            return id;
        }
    }

    /** News items that match a text, newest first; an empty text matches all items. */
    record NewsQuery(ProviderId provider, String text, int limit) implements MarketQuery {
        @Override
        public Operation operation() {
            return Operation.NEWS;
        }

        @Override
        public String subject() {
            return text;
        }
    }
}
