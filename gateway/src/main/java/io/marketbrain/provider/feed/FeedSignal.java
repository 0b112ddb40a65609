package io.marketbrain.provider.feed;

import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement in a provider's message. {@code key} is that of the channel, or an alias that {@link Bound} introduced. */
public sealed interface FeedSignal {

    /** The provider will name the channel {@code key} by {@code alias}, such as a channel number. */
    record Bound(String alias, String key) implements FeedSignal {}

    /** The provider has accepted the subscription. */
    record Accepted(String key) implements FeedSignal {}

    /**
     * The provider has refused a subscription.
     *
     * @param reason the provider's words
     * @param permanent whether asking again is pointless, such as for a symbol it does not have
     */
    record Refused(String key, String reason, boolean permanent) implements FeedSignal {}

    /**
     * A quote.
     *
     * @param part what of the quote the message has
     */
    record QuoteChange(String key, QuoteFields fields, Part part) implements FeedSignal {

        /** What of a quote a message has. */
        public enum Part {
            /** All of it: fields that are null are unknown. */
            WHOLE,
            /** Changed fields: those that are null are unchanged. */
            CHANGES,
            /** Bid and ask with their sizes, which are unknown where they are null; others that are null are unchanged. */
            BID_AND_ASK
        }

        /** The values after this message. */
        QuoteFields after(QuoteFields before) {
            return switch (part) {
                case WHOLE -> fields;
                case CHANGES -> before.changedBy(fields);
                case BID_AND_ASK -> before.withBidAndAskOf(fields);
            };
        }
    }

    /** The values of a quote; null where the message has none. */
    record QuoteFields(
            @Nullable BigDecimal price,
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

        /** A quote that has no values of the last 24 hours; a side that is null is empty. */
        public static QuoteFields ofLevels(
                @Nullable BigDecimal price, @Nullable Level bid, @Nullable Level ask, @Nullable Instant asOf) {
            return new QuoteFields(
                    price,
                    bid == null ? null : bid.price(),
                    bid == null ? null : bid.size(),
                    ask == null ? null : ask.price(),
                    ask == null ? null : ask.size(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    asOf);
        }

        /** These values, those of {@code change} where it has any. */
        public QuoteFields changedBy(QuoteFields change) {
            return new QuoteFields(
                    either(change.price, price),
                    either(change.bid, bid),
                    either(change.bidSize, bidSize),
                    either(change.ask, ask),
                    either(change.askSize, askSize),
                    either(change.open, open),
                    either(change.high, high),
                    either(change.low, low),
                    either(change.volume, volume),
                    either(change.quoteVolume, quoteVolume),
                    either(change.asOf, asOf));
        }

        private QuoteFields withBidAndAskOf(QuoteFields change) {
            return new QuoteFields(
                    either(change.price, price),
                    change.bid,
                    change.bidSize,
                    change.ask,
                    change.askSize,
                    open,
                    high,
                    low,
                    volume,
                    quoteVolume,
                    either(change.asOf, asOf));
        }

        private static <T> @Nullable T either(@Nullable T changed, @Nullable T before) {
            return changed != null ? changed : before;
        }
    }

    /**
     * Trades, oldest first.
     *
     * @param firstId the number of the first trade where the provider numbers the trades of a channel without holes
     * @param snapshot whether these happened before the subscription
     */
    record Prints(String key, List<Trade> trades, @Nullable Long firstId, boolean snapshot) implements FeedSignal {}

    /**
     * A whole order book.
     *
     * @param sequence its number, which changes continue
     * @param checksum what {@link FeedAdapter#checksum} must return for it
     */
    record BookSnapshot(
            String key,
            List<Level> bids,
            List<Level> asks,
            @Nullable Long sequence,
            @Nullable Long checksum,
            @Nullable Instant asOf)
            implements FeedSignal {}

    /**
     * A change of an order book: new sizes at prices, zero for none left. It applies to a book whose number is between {@code
     * firstPrevious} and {@code lastPrevious}; one that is later contains it already, one that is earlier lacks a change.
     *
     * @param firstPrevious null where the provider does not number changes
     * @param lastPrevious null together with {@code firstPrevious}
     * @param sequence the number of the book after it
     */
    record BookChange(
            String key,
            List<Level> bids,
            List<Level> asks,
            @Nullable Long firstPrevious,
            @Nullable Long lastPrevious,
            @Nullable Long sequence,
            @Nullable Long checksum,
            @Nullable Instant asOf)
            implements FeedSignal {}

    /** A bar; {@code complete} only where the provider confirms that it has closed. */
    record Bar(String key, Candle candle) implements FeedSignal {}

    /** The number of a message in a channel or, with an empty key, in the connection; one is missing if it is not the next. */
    record Numbered(String key, long number) implements FeedSignal {}

    /** The provider expects this message in return. */
    record Reply(String message) implements FeedSignal {}

    /** The connection is alive. */
    record Alive() implements FeedSignal {}

    /** The connection must be opened again, for instance because the provider is about to close it. */
    record Reconnect(String reason) implements FeedSignal {}
}
