package io.marketbrain.pipeline.stream;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.Trace;
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

    /** How many bars are fetched at once, and after a long interruption at all. */
    static final int MAX_BARS = 1000;

    private static final CallId CALL = new CallId("stream");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final Duration LEAST_PAUSE = Duration.ofMillis(100);

    /** How many bars one event has at most, so that a client's buffer is not filled at once. */
    private static final int BARS_PER_EVENT = 100;

    private final Channel channel;
    private final Interval interval;
    private final MarketDataSource requests;
    private final EventSink sink;
    private final NanoClock nanoClock;
    private final InstantSource clock;
    private final LongAdder fetches;
    private final LongAdder partials;
    private final BarTracker bars;
    private final BackgroundLoop loop;
    private @Nullable Listing listing;
    private boolean begun;

    /** Whether the bar that was open at the start has been fetched, of which trades before the start are unknown. */
    private boolean based;

    /** How often in succession a request has not filled the first hole. */
    private int attempts;

    /** The latest instant by the provider's clock, and when it was read. */
    private @Nullable Instant providerTime;

    private long providerTimeNanos;

    /** Whether the bars are built from trades. */
    private boolean fromTrades;

    /** Whether it is known from which trade on they are. */
    private boolean started;

    /** When the source was last heard of. */
    private long heardNanos;

    BarChannel(
            Channel channel,
            Interval interval,
            MarketDataSource requests,
            EventSink sink,
            NanoClock nanoClock,
            InstantSource clock,
            LongAdder fetches,
            LongAdder partials) {
        this.channel = channel;
        this.interval = interval;
        this.requests = requests;
        this.sink = sink;
        this.nanoClock = nanoClock;
        this.clock = clock;
        this.fetches = fetches;
        this.partials = partials;
        this.bars = new BarTracker(interval);
        this.heardNanos = nanoClock.nanos();
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
        heardNanos = nanos;
        Optional<Instant> seen = seenUntil();
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
        read(time);
        bars.startsAt(time);
        fromTrades = true;
        started = true;
        wake();
    }

    /** The gateway's clock may differ from the provider's, so that the start of the latest bar is all that is known of it. */
    private void received(Candles candles, Instant receivedAt) {
        if (!candles.candles().isEmpty()) {
            read(candles.candles().getLast().openTime());
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
                    read(trades.trades().getLast().time());
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

    private void read(Instant time) {
        if (providerTime == null || time.isAfter(providerTime)) {
            providerTime = time;
            providerTimeNanos = nanoClock.nanos();
        }
    }

    /** What the provider's clock shows at least, since what it sent takes time to arrive. */
    private Optional<Instant> providerNow() {
        return Optional.ofNullable(providerTime).map(time -> time.plusNanos(nanoClock.nanos() - providerTimeNanos));
    }

    /** The instant up to which the provider has finished its bars. */
    private Optional<Instant> finishedUntil() {
        return providerNow().map(now -> now.minus(SETTLING));
    }

    /**
     * The instant up to which everything was seen: no later than the source was heard of, because until then a connection that has
     * fallen silent may have lost trades.
     */
    private Optional<Instant> seenUntil() {
        Instant time = providerTime;
        return time == null
                ? Optional.empty()
                : Optional.of(time.plusNanos(Math.max(0, heardNanos - providerTimeNanos))
                        .minus(SETTLING));
    }

    private void send(List<Candle> changed, Instant receivedAt, List<QualityFlag> flags) {
        Listing of = listing;
        if (of == null) {
            return;
        }
        for (int from = 0; from < changed.size(); from += BARS_PER_EVENT) {
            List<Candle> part = changed.subList(from, Math.min(from + BARS_PER_EVENT, changed.size()));
            var data = new Candles(of, interval, part, List.of(), providerNow().orElse(null));
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
            Optional<Instant> finished = finishedUntil();
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
        seenUntil().ifPresent(seen -> send(bars.passed(seen), clock.instant(), List.of()));
        Instant first = interval.back(interval.floor(finished), MAX_BARS);
        if (bars.findHole(first).isPresent()) {
            leaveOut(first, "more bars are missing than are fetched");
        }
    }

    private Duration pause() {
        if (attempts > 0) {
            return Duration.ofSeconds(1L << attempts);
        }
        Instant finished = finishedUntil().orElseThrow();
        return bars.findHoleEnd()
                .map(end -> Duration.between(finished, end))
                .filter(wait -> wait.compareTo(QUIET) < 0)
                .map(wait -> wait.compareTo(LEAST_PAUSE) > 0 ? wait : LEAST_PAUSE)
                .orElse(QUIET);
    }

    private void fetch(Instant from) {
        Instant finished;
        synchronized (this) {
            finished = finishedUntil().orElseThrow(); // as of before the request
        }
        var query = new CandlesQuery(channel.provider(), channel.instrument(), interval, from, null, MAX_BARS);
        var call = new Call(
                CALL,
                Caller.GATEWAY,
                Priority.LOW,
                Deadline.in(TIMEOUT, nanoClock),
                Call.MockChoice.DECLINED,
                new Call.CacheDirectives(null, true, false),
                Trace.NONE,
                false);
        Outcome<QueryResult> outcome = requests.fetch(query, call);
        fetches.increment();
        synchronized (this) {
            Optional<Instant> hole = bars.findHole(finished);
            if (outcome instanceof Outcome.Success<QueryResult>(QueryResult result)
                    && result.data() instanceof Candles candles) {
                listing = candles.listing();
                based = true;
                send(
                        bars.fetched(finished(candles.candles(), finished)),
                        result.provenance().receivedAt(),
                        result.provenance().flags());
            }
            close(finished);
            boolean filled = bars.findHole(finished).isEmpty()
                    || !bars.findHole(finished).equals(hole);
            count(based && filled, finished);
        }
    }

    /** Bars that the provider may not have finished are open. */
    private List<Candle> finished(List<Candle> candles, Instant finished) {
        return candles.stream()
                .map(bar -> interval.next(bar.openTime()).isAfter(finished) ? BarTracker.withComplete(bar, false) : bar)
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
