package io.marketbrain.wiring;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.Gap;
import io.marketbrain.model.stream.StreamEvent.Snapshot;
import io.marketbrain.model.stream.StreamEvent.Update;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.quality.QualityLayer;
import io.marketbrain.pipeline.quality.QualityLayer.StreamJudgement;
import io.marketbrain.pipeline.stream.EventSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The values of one channel on their way through the quality checks. What is refused is not published: of trades and bars it is
 * a gap, of quotes and books a failure, announced once until a value passes again. Not thread-safe: events arrive one at a time.
 */
final class ScreenedChannel implements EventSink {
    private final Channel channel;
    private final QualityLayer quality;
    private final Consumer<Channel> refusedAsFuture;
    private final EventSink sink;

    /** Whether the listener has a state that an update can change. */
    private boolean begun;

    /** Whether the last value was refused. */
    private boolean refusing;

    private @Nullable Instant lastPassed;

    /** The start of the first bar that was refused since a value passed, by the provider's clock. */
    private @Nullable Instant refusedFrom;

    /** @param refusedAsFuture told when a value is refused because it is ahead of the provider's clock, as far as that is known */
    ScreenedChannel(Channel channel, QualityLayer quality, Consumer<Channel> refusedAsFuture, EventSink sink) {
        this.channel = channel;
        this.quality = quality;
        this.refusedAsFuture = refusedAsFuture;
        this.sink = sink;
    }

    @Override
    public void accept(StreamEvent event) {
        switch (event) {
            case Snapshot(var data, var receivedAt, var flags) -> screen(event, data, receivedAt, flags, true);
            case Update(var data, var receivedAt, var flags) -> screen(event, data, receivedAt, flags, false);
            case Gap _, StreamEvent.Status _, StreamEvent.Failed _ -> sink.accept(event);
        }
    }

    @Override
    public void heard(long nanos) {
        if (!refusing) {
            sink.heard(nanos);
        }
    }

    private void screen(
            StreamEvent event, MarketData data, Instant receivedAt, List<QualityFlag> flags, boolean isSnapshot) {
        StreamJudgement judgement = quality.judge(data, receivedAt, flags);
        if (judgement.refuses()) {
            refuse(data, judgement, receivedAt, isSnapshot);
            return;
        }
        if (refusing && losesEvents()) {
            gap(data, receivedAt, "values before were refused");
        }
        refusing = false;
        refusedFrom = null;
        boolean unchanged = judgement.flags().equals(flags) && (isSnapshot || begun);
        if (unchanged) {
            begun = true;
            lastPassed = receivedAt;
            sink.accept(event);
        } else {
            publish(data, receivedAt, judgement.flags(), isSnapshot);
        }
    }

    private void publish(MarketData data, Instant receivedAt, List<QualityFlag> flags, boolean isSnapshot) {
        sink.accept(isSnapshot || !begun ? new Snapshot(data, receivedAt, flags) : new Update(data, receivedAt, flags));
        begun = true;
        lastPassed = receivedAt;
    }

    private void refuse(MarketData data, StreamJudgement judgement, Instant receivedAt, boolean isSnapshot) {
        if (judgement.refusesAsFuture()) {
            refusedAsFuture.accept(channel);
        }
        String reason = channel.provider() + " sent data that cannot be right: " + judgement.reason();
        if (!refusing) {
            if (losesEvents()) {
                refusedFrom = data instanceof Candles bars && !bars.candles().isEmpty()
                        ? bars.candles().getFirst().openTime()
                        : null;
                gap(data, receivedAt, reason);
            } else {
                sink.accept(new StreamEvent.Failed(new Failure.Untrusted(channel.provider(), reason, null)));
            }
        }
        refusing = true;
        if (data instanceof Trades trades && trades.trades().size() > 1) {
            publishGood(trades, receivedAt, isSnapshot);
        } else if (isSnapshot) {
            begun = false;
        }
    }

    /** The trades that pass by themselves, beside those that are refused. */
    private void publishGood(Trades trades, Instant receivedAt, boolean isSnapshot) {
        List<Trade> good = new ArrayList<>();
        for (Trade trade : trades.trades()) {
            if (quality.passes(new Trades(trades.listing(), List.of(trade), trades.asOf()), receivedAt)) {
                good.add(trade);
            }
        }
        if (!good.isEmpty()) {
            refusing = false;
            publish(new Trades(trades.listing(), good, trades.asOf()), receivedAt, List.of(), isSnapshot);
        }
    }

    /** Whether a value that is not published is missing, instead of being replaced by the next one. */
    private boolean losesEvents() {
        return channel.kind().everyEventCounts() || channel.kind() instanceof StreamKind.Bars;
    }

    /** The gap is by the gateway's clock, and includes the time of refused bars by the provider's. */
    private void gap(MarketData data, Instant receivedAt, String reason) {
        Instant from = lastPassed == null ? receivedAt : lastPassed;
        Instant to = receivedAt;
        if (refusedFrom != null
                && data instanceof Candles bars
                && !bars.candles().isEmpty()) {
            Instant end = bars.interval().next(bars.candles().getLast().openTime());
            from = refusedFrom.isBefore(from) ? refusedFrom : from;
            to = end.isAfter(to) ? end : to;
        }
        sink.accept(new Gap(from, to, reason));
    }
}
