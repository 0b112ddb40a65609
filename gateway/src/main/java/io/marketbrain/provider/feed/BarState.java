package io.marketbrain.provider.feed;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedSignal.Bar;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bar that is open, as the provider sends it. A bar that is older than one sent before is a correction, passed on. */
final class BarState extends KeyState {
    private final Interval interval;
    private @Nullable Candle last;

    BarState(FeedContext context, FeedChannel subscribed, Interval interval) {
        super(context, subscribed);
        this.interval = interval;
    }

    @Override
    void accept(FeedSignal signal, Instant now) {
        if (!(signal instanceof Bar(String _, Candle candle))) {
            return;
        }
        boolean first = last == null;
        last = candle;
        Candles candles = candles(candle, now);
        if (first || broken()) {
            tellSnapshot(now, _ -> candles);
        } else {
            tellUpdate(now, _ -> candles);
        }
    }

    private Candles candles(Candle candle, @Nullable Instant asOf) {
        return new Candles(listing(), interval, List.of(candle), List.of(), asOf);
    }

    @Override
    void forget() {
        last = null;
    }

    @Override
    @Nullable
    MarketData current(StreamKind kind) {
        Candle candle = last;
        return candle == null ? null : candles(candle, null);
    }
}
