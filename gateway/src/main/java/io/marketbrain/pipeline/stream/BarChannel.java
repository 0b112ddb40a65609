package io.marketbrain.pipeline.stream;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The bars of one channel: takes the events of a feed, and fetches on a thread of its own what they lack. What may be sent as complete
 * is decided by {@link BarTracker}; a hole that cannot be filled in {@link #ATTEMPTS} attempts is announced as a gap. Thread-safe.
 */
final class BarChannel implements EventSink {
    /** How long after its end a bar is fetched: providers need a moment to finish it. */
    static final Duration SETTLING = Duration.ofSeconds(2);

    /** How often a bar is fetched before it is sent as partial. */
    static final int ATTEMPTS = 5;

    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final Duration LEAST_PAUSE = Duration.ofMillis(100);

    /** How many bars one event has at most, so that a client's buffer is not filled at once. */
    private static final int BARS_PER_EVENT = 100;

    private final Interval interval;
    private final BarFetcher fetcher;
    private final EventSink sink;
    private final InstantSource clock;
    private final LongAdder partials;
    private final SourceClock sourceClock;
    private final BarTracker bars;
    private final BackgroundLoop loop;
    private @Nullable Listing listing;
    private boolean begun;

    /** Whether the bar that was open at the start has been fetched, of which trades before the start are unknown. */
    private boolean based;

    /** How often in succession a request has not filled the first hole. */
    private int attempts;

    /** Whether the bars are built from trades. */
    private boolean fromTrades;

    /** Whether it is known from which trade on they are. */
    private boolean started;

    BarChannel(
            Channel channel,
            Interval interval,
            MarketDataSource requests,
            EventSink sink,
            NanoClock nanoClock,
            InstantSource clock,
            LongAdder fetches,
            LongAdder partials) {
        this.interval = interval;
        this.fetcher = new BarFetcher(channel, interval, requests, nanoClock, fetches);
        this.sink = sink;
        this.clock = clock;
        this.partials = partials;
        this.sourceClock = new SourceClock(nanoClock, SETTLING);
        this.bars = new BarTracker(interval);
        this.loop = new BackgroundLoop("stream-candles", BackgroundLoop.Kind.VIRTUAL, nanoClock, this::round);
    }

    void start() {
        loop.start();
    }

    void close() {
        loop.stop();
    }

    @Override
    public synchronized void accept(StreamEvent event) {
        switch (event) {
            case StreamEvent.Snapshot(var data, var receivedAt, var _) -> begin(data, receivedAt);
            case StreamEvent.Update(var data, var receivedAt, var _) -> update(data, receivedAt);
            case StreamEvent.Gap gap -> {
                bars.gap(gap.from(), gap.to());
                wake();
            }
            case StreamEvent.Status status -> sink.accept(status);
            case StreamEvent.Failed failed -> sink.accept(failed);
        }
    }

    @Override
    public synchronized void heard(long nanos) {
        sourceClock.heard(nanos);
        Optional<Instant> seen = sourceClock.findSeen();
        if (seen.isPresent()
                && bars.findNextEnd().filter(end -> !end.isAfter(seen.get())).isPresent()) {
            wake();
        }
    }

    /** Lets the next round begin, unless it waits before another attempt. */
    private void wake() {
        if (attempts == 0) {
            loop.wake();
        }
    }

    private void begin(MarketData data, Instant receivedAt) {
        switch (data) {
            case Trades trades -> {
                listing = trades.listing();
                if (!trades.trades().isEmpty()) {
                    startAt(trades.trades().getLast().time());
                }
            }
            case Candles candles -> {
                listing = candles.listing();
                received(candles, receivedAt);
            }
            default -> {}
        }
    }

    private void startAt(Instant time) {
        sourceClock.read(time);
        bars.startsAt(time);
        fromTrades = true;
        started = true;
        wake();
    }

    /** The gateway's clock may differ from the provider's, so that the start of the latest bar is all that is known of it. */
    private void received(Candles candles, Instant receivedAt) {
        if (!candles.candles().isEmpty()) {
            sourceClock.read(candles.candles().getLast().openTime());
        }
        send(bars.received(candles.candles()), receivedAt, List.of());
        if (bars.findHoleEnd().isPresent()) {
            wake();
        }
    }

    private void update(MarketData data, Instant receivedAt) {
        switch (data) {
            case Trades trades -> {
                listing = trades.listing();
                if (!trades.trades().isEmpty()) {
                    if (!started) {
                        startAt(trades.trades().getFirst().time());
                    }
                    sourceClock.read(trades.trades().getLast().time());
                }
                send(bars.traded(trades.trades()), receivedAt, List.of());
            }
            case Candles candles -> {
                listing = candles.listing();
                received(candles, receivedAt);
            }
            default -> {}
        }
    }

    private void send(List<Candle> changed, Instant receivedAt, List<QualityFlag> flags) {
        Listing of = listing;
        if (of == null) {
            return;
        }
        for (int from = 0; from < changed.size(); from += BARS_PER_EVENT) {
            List<Candle> part = changed.subList(from, Math.min(from + BARS_PER_EVENT, changed.size()));
            var data = new Candles(
                    of, interval, part, List.of(), sourceClock.findNow().orElse(null));
            sink.accept(
                    begun
                            ? new StreamEvent.Update(data, receivedAt, flags)
                            : new StreamEvent.Snapshot(data, receivedAt, flags));
            begun = true;
        }
    }

    /** Closes bars whose time is over and fetches those that lack something; returns the pause until there is more to do. */
    Duration round() {
        Optional<Instant> from;
        synchronized (this) {
            Optional<Instant> finished = sourceClock.findFinished();
            if (finished.isEmpty()) {
                return QUIET;
            }
            close(finished.get());
            boolean needsBase = fromTrades && !based;
            from = needsBase ? bars.findNext() : bars.findHole(finished.get());
            if (from.isEmpty()) {
                attempts = 0;
            }
        }
        if (from.isPresent()) {
            fetch(from.get());
        }
        synchronized (this) {
            return pause();
        }
    }

    /** Sends bars of which everything was seen, and leaves out those that are too many to be fetched. */
    private void close(Instant finished) {
        sourceClock.findSeen().ifPresent(seen -> send(bars.passed(seen), clock.instant(), List.of()));
        Instant first = interval.back(interval.floor(finished), BarFetcher.MAX_BARS);
        if (bars.findHole(first).isPresent()) {
            leaveOut(first, "more bars are missing than are fetched");
        }
    }

    private Duration pause() {
        if (attempts > 0) {
            return Duration.ofSeconds(1L << attempts);
        }
        Instant finished = sourceClock.findFinished().orElseThrow();
        return bars.findHoleEnd()
                .map(end -> Duration.between(finished, end))
                .filter(wait -> wait.compareTo(QUIET) < 0)
                .map(wait -> wait.compareTo(LEAST_PAUSE) > 0 ? wait : LEAST_PAUSE)
                .orElse(QUIET);
    }

    private void fetch(Instant from) {
        Instant finished;
        synchronized (this) {
            finished = sourceClock.findFinished().orElseThrow(); // as of before the request
        }
        Outcome<QueryResult> outcome = fetcher.fetch(from);
        synchronized (this) {
            Optional<Instant> hole = bars.findHole(finished);
            if (outcome instanceof Outcome.Success<QueryResult>(QueryResult result)
                    && result.data() instanceof Candles candles) {
                listing = candles.listing();
                based = true;
                send(
                        bars.fetched(finished(candles.candles(), finished)),
                        result.provenance().receivedAt(),
                        withoutPartial(result.provenance().flags()));
            }
            close(finished);
            Optional<Instant> left = bars.findHole(finished);
            count(based && (left.isEmpty() || !left.equals(hole)), finished);
        }
    }

    /** Bars that the provider may not have finished are open. */
    private List<Candle> finished(List<Candle> candles, Instant finished) {
        return candles.stream()
                .map(bar -> interval.next(bar.openTime()).isAfter(finished) ? BarTracker.withComplete(bar, false) : bar)
                .toList();
    }

    /** That of the open bar is not said of the others. */
    private static List<QualityFlag> withoutPartial(List<QualityFlag> flags) {
        return flags.stream()
                .filter(flag -> !flag.code().equals(CandleLayer.PARTIAL))
                .toList();
    }

    private void count(boolean filled, Instant finished) {
        if (filled) {
            attempts = 0;
        } else if (++attempts >= ATTEMPTS) {
            attempts = 0;
            based = true;
            while (bars.findHole(finished).isPresent()) {
                leaveOut(finished, "bars with missing trades could not be fetched");
                close(finished);
            }
        }
    }

    private void leaveOut(Instant until, String reason) {
        Optional<Instant> from = bars.findHole(until);
        List<Candle> partial = bars.abandon(until);
        sink.accept(new StreamEvent.Gap(from.orElseThrow(), bars.findNext().orElseThrow(), reason));
        partials.add(partial.size());
        send(
                partial,
                clock.instant(),
                List.of(new QualityFlag(
                        CandleLayer.PARTIAL, "trades of this bar are missing, and it could not be fetched")));
    }
}
