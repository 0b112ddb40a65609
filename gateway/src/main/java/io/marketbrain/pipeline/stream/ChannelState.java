package io.marketbrain.pipeline.stream;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.NewsItem;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.stream.StreamEvent.Snapshot;
import io.marketbrain.model.stream.StreamEvent.Update;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The latest known state of a channel as data: what a new listener gets first. Pure. */
public final class ChannelState {
    /** How many trades or news items a snapshot has at most. */
    public static final int MAX_ITEMS = 100;

    /** How many bars a snapshot has at most: the open one and those before it. */
    public static final int MAX_BARS = 10;

    private ChannelState() {}

    /** The state after an update: whole data replaces it, parts are added to it, except bars that will not be complete. */
    public static Snapshot after(Snapshot before, Update update) {
        if (before.data() instanceof Candles && isPartial(update)) {
            return before; // its flag would be about all bars of the state
        }
        MarketData data = switch (update.data()) {
            case Trades added when before.data() instanceof Trades known -> joined(known, added);
            case Candles added when before.data() instanceof Candles known -> joined(known, added);
            case NewsItems added when before.data() instanceof NewsItems known -> joined(known, added);
            default -> update.data();
        };
        return new Snapshot(data, update.receivedAt(), update.flags());
    }

    private static boolean isPartial(Update update) {
        return update.data() instanceof Candles bars
                && bars.candles().stream().noneMatch(Candle::complete)
                && update.flags().stream().anyMatch(flag -> flag.code().equals(CandleLayer.PARTIAL));
    }

    /** The part of a snapshot that is kept. */
    public static Snapshot bounded(Snapshot snapshot) {
        MarketData data = switch (snapshot.data()) {
            case Trades trades
            when trades.trades().size() > MAX_ITEMS ->
                new Trades(trades.listing(), lastOf(trades.trades(), MAX_ITEMS), trades.asOf());
            case Candles bars
            when bars.candles().size() > MAX_BARS -> bars.with(lastOf(bars.candles(), MAX_BARS), List.of());
            default -> snapshot.data();
        };
        return new Snapshot(data, snapshot.receivedAt(), snapshot.flags());
    }

    private static Trades joined(Trades known, Trades added) {
        List<Trade> all = new ArrayList<>(known.trades());
        all.addAll(added.trades());
        return new Trades(added.listing(), lastOf(all, MAX_ITEMS), added.asOf());
    }

    private static Candles joined(Candles known, Candles added) {
        var bars = new TreeMap<Instant, Candle>();
        known.candles().forEach(bar -> bars.put(bar.openTime(), bar));
        added.candles().forEach(bar -> bars.put(bar.openTime(), bar));
        return added.with(lastOf(List.copyOf(bars.values()), MAX_BARS), List.of());
    }

    private static NewsItems joined(NewsItems known, NewsItems added) {
        List<NewsItem> all = new ArrayList<>(added.items());
        all.addAll(known.items());
        return new NewsItems(all.size() > MAX_ITEMS ? all.subList(0, MAX_ITEMS) : all, added.asOf());
    }

    private static <T> List<T> lastOf(List<T> list, int most) {
        return list.size() > most ? list.subList(list.size() - most, list.size()) : list;
    }
}
