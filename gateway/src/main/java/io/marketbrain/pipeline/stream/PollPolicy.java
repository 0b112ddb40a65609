package io.marketbrain.pipeline.stream;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.NewsItem;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.Update;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides which events lie between two responses to the same request. Pure. */
public final class PollPolicy {
    private PollPolicy() {}

    /**
     * What has changed; nothing if the data is the same.
     *
     * @param before the response before this one
     */
    public static List<StreamEvent> changes(MarketData before, Update now) {
        return switch (now.data()) {
            case Quote quote
            when before instanceof Quote old -> withoutTime(quote).equals(withoutTime(old)) ? List.of() : List.of(now);
            case OrderBook book
            when before instanceof OrderBook old ->
                book.bids().equals(old.bids()) && book.asks().equals(old.asks()) ? List.of() : List.of(now);
            case Trades trades when before instanceof Trades old -> trades(old, trades, now);
            case Candles bars when before instanceof Candles old -> bars(old, bars, now);
            case NewsItems news when before instanceof NewsItems old -> news(old, news, now);
            default -> List.of(now);
        };
    }

    private static Quote withoutTime(Quote q) {
        return new Quote(
                q.listing(),
                q.price(),
                q.bid(),
                q.bidSize(),
                q.ask(),
                q.askSize(),
                q.open(),
                q.high(),
                q.low(),
                q.volume(),
                q.quoteVolume(),
                null,
                q.details());
    }

    /** The trades that are new; after a gap if there may have been others between the two lists. */
    private static List<StreamEvent> trades(Trades before, Trades now, Update update) {
        Set<String> known = before.trades().stream().map(Trade::id).collect(Collectors.toSet());
        List<Trade> added = now.trades().stream()
                .filter(trade -> !known.contains(trade.id()))
                .toList();
        if (added.isEmpty()) {
            return List.of();
        }
        var event = new Update(new Trades(now.listing(), added, now.asOf()), update.receivedAt(), update.flags());
        boolean overlap = added.size() < now.trades().size();
        if (overlap || before.trades().isEmpty()) {
            return List.of(event);
        }
        Instant from = before.trades().getLast().time();
        Instant to = added.getFirst().time();
        return List.of(
                new StreamEvent.Gap(from, to, "more trades happened between two polls than one response has"), event);
    }

    private static List<StreamEvent> bars(Candles before, Candles now, Update update) {
        Map<Instant, Candle> known = new HashMap<>();
        before.candles().forEach(bar -> known.put(bar.openTime(), bar));
        List<Candle> changed = now.candles().stream()
                .filter(bar -> !bar.equals(known.get(bar.openTime())))
                .toList();
        if (changed.isEmpty()) {
            return List.of();
        }
        var event = new Update(now.with(changed, List.of()), update.receivedAt(), update.flags());
        if (before.candles().isEmpty()) {
            return List.of(event);
        }
        Candle last = before.candles().getLast();
        Instant next = last.complete() ? now.interval().next(last.openTime()) : last.openTime();
        Instant first = now.candles().getFirst().openTime();
        return first.isAfter(next)
                ? List.of(new StreamEvent.Gap(next, first, "bars closed between two polls"), event)
                : List.of(event);
    }

    private static List<StreamEvent> news(NewsItems before, NewsItems now, Update update) {
        Set<String> known = before.items().stream().map(NewsItem::id).collect(Collectors.toSet());
        List<NewsItem> added =
                now.items().stream().filter(item -> !known.contains(item.id())).toList();
        return added.isEmpty()
                ? List.of()
                : List.of(new Update(new NewsItems(added, now.asOf()), update.receivedAt(), update.flags()));
    }
}
