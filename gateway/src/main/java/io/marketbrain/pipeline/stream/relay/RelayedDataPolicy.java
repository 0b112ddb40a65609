package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketDataBounds;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.MarketDataPolicy;

/** Decides whether data that another gateway sent can be of a channel. Pure. */
final class RelayedDataPolicy {
    /** The most trades, bars or news items of one event. */
    static final int MAX_RECORDS = 10_000;

    private RelayedDataPolicy() {}

    static boolean fits(Channel channel, MarketData data) {
        MarketQuery query = query(channel);
        // The trades of an event are in the order in which they arrived, which need not be that of their times.
        return data instanceof MarketData.Trades trades
                ? channel.kind() instanceof StreamKind.Trades
                        && !MarketDataPolicy.isOfAnotherSubject(query, trades)
                        && trades.trades().stream().allMatch(RelayedDataPolicy::isPossible)
                : MarketDataPolicy.findMalformation(query, data).isEmpty();
    }

    private static boolean isPossible(Trade trade) {
        return MarketDataBounds.isInstant(trade.time())
                && MarketDataBounds.isDecimal(trade.price())
                && MarketDataBounds.isPrice(trade.size());
    }

    private static MarketQuery query(Channel channel) {
        var provider = channel.provider();
        var instrument = channel.instrument();
        return switch (channel.kind()) {
            case StreamKind.Quotes _ -> new QuoteQuery(provider, instrument, null);
            case StreamKind.Trades _ -> new TradesQuery(provider, instrument, MAX_RECORDS, null);
            case StreamKind.Book(int depth) -> new BookQuery(provider, instrument, depth, null);
            case StreamKind.Bars(var interval) ->
                new CandlesQuery(provider, instrument, interval, null, null, MAX_RECORDS);
            case StreamKind.News _ -> new NewsQuery(provider, instrument.base(), MAX_RECORDS);
        };
    }
}
