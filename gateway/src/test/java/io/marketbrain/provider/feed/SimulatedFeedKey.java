package io.marketbrain.provider.feed;

import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.pipeline.stream.EventSink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One key of a feed without its connection, so that a simulation decides what arrives and when. */
public final class SimulatedFeedKey {
    private final KeyState state;
    private final InstantSource clock;
    private final NanoClock nanoClock;

    /** @param mailBox runs work of other threads */
    public SimulatedFeedKey(
            Channel channel,
            Listing listing,
            FeedRequests requests,
            Consumer<Runnable> mailBox,
            InstantSource clock,
            NanoClock nanoClock) {
        this.clock = clock;
        this.nanoClock = nanoClock;
        var context = new FeedContext(
                channel.provider(),
                Mode.LIVE,
                new ScriptedFeed(false, false),
                (_, _) -> {
                    throw new AssertionError("no connection is simulated");
                },
                requests,
                _ -> Outcome.success(new byte[0]),
                clock,
                nanoClock,
                new Random(1));
        this.state = KeyState.of(context, new FeedChannel(listing, channel.kind()), () -> {}, mailBox::accept);
    }

    public void join(Channel channel, EventSink sink) {
        state.join(channel, sink);
    }

    /**
     * Trades arrive.
     *
     * @param firstNumber null where the provider does not number its trades
     */
    public void traded(List<Trade> trades, @Nullable Long firstNumber, boolean snapshot) {
        state.arrived(nanoClock.nanos());
        state.accept(new FeedSignal.Prints("", trades, firstNumber, snapshot), clock.instant());
    }

    public void bar(Candle candle) {
        state.arrived(nanoClock.nanos());
        state.accept(new FeedSignal.Bar("", candle), clock.instant());
    }

    public void broke(Instant lastSeen) {
        state.broke(lastSeen, "cut");
        state.enter(FeedState.DOWN, "cut");
    }

    public void heard(long nanos) {
        state.heard(nanos);
    }
}
