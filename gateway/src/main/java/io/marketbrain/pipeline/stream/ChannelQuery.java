package io.marketbrain.pipeline.stream;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamKind;

/** The request whose repeated responses have the data of a channel. Pure. */
public final class ChannelQuery {
    /** How many news items a poll asks for, and trades, where a provider returns as many. */
    public static final int ITEMS = 100;

    /** How many bars a poll asks for: the open one, and those that may just have closed. */
    public static final int BARS = 3;

    private ChannelQuery() {}

    public static MarketQuery of(Channel channel) {
        return switch (channel.kind()) {
            case StreamKind.Quotes _ -> new QuoteQuery(channel.provider(), channel.instrument(), null);
            case StreamKind.Trades _ -> TradesQuery.upTo(ITEMS, channel.provider(), channel.instrument());
            case StreamKind.Book(int depth) -> new BookQuery(channel.provider(), channel.instrument(), depth, null);
            case StreamKind.Bars(var interval) ->
                new CandlesQuery(channel.provider(), channel.instrument(), interval, null, null, BARS);
            case StreamKind.News _ ->
                new NewsQuery(channel.provider(), channel.instrument().base(), ITEMS);
        };
    }
}
