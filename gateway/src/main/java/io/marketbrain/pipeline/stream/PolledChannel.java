package io.marketbrain.pipeline.stream;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamEvent.Snapshot;
import io.marketbrain.model.stream.StreamEvent.Update;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The polling of one channel. Not thread-safe: its rounds follow one another. */
final class PolledChannel {
    private static final CallId CALL = new CallId("stream");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** After failures in succession, the period is at most so many times as long. */
    private static final int MAX_BACKOFF = 16;

    /** More responses without a change make no difference. */
    private static final int MOST_UNCHANGED = 10;

    private final MarketDataSource source;
    private final Channel channel;
    private final PollTerms terms;
    private final IntSupplier polled;
    private final EventSink sink;
    private final NanoClock nanoClock;
    private final InstantSource clock;
    private @Nullable MarketData before;
    private @Nullable Mode mode;
    private FeedState state = FeedState.CONNECTING;
    private String failure = "";
    private int backoff = 1;
    private int unchanged;

    PolledChannel(
            MarketDataSource source,
            Channel channel,
            PollTerms terms,
            IntSupplier polled,
            EventSink sink,
            NanoClock nanoClock,
            InstantSource clock) {
        this.source = source;
        this.channel = channel;
        this.terms = terms;
        this.polled = polled;
        this.sink = sink;
        this.nanoClock = nanoClock;
        this.clock = clock;
    }

    /** Requests the data once; returns the pause until the next request. */
    Duration round() {
        Duration maxAge = terms.maxAge(period());
        var call = new Call(
                        CALL, Caller.GATEWAY, Priority.LOW, Deadline.in(TIMEOUT, nanoClock), Call.MockChoice.DEFAULT)
                .demanding(maxAge.isZero() ? Call.CacheDirectives.NONE : Call.CacheDirectives.maxAge(maxAge));
        return switch (source.fetch(ChannelQuery.of(channel), call)) {
            case Outcome.Success<QueryResult>(QueryResult result) -> {
                unchanged = received(result) ? 0 : Math.min(unchanged + 1, MOST_UNCHANGED);
                backoff = 1;
                yield terms.pause(channel, polled.getAsInt(), unchanged);
            }
            case Outcome.Failed<QueryResult>(Failure reason) -> failed(reason, period());
        };
    }

    /** The period that begins now. */
    private Duration period() {
        return terms.period(channel, polled.getAsInt());
    }

    /** Sends what is new in a response; returns whether anything was. */
    private boolean received(QueryResult result) {
        var update = new Update(
                result.data(),
                result.provenance().receivedAt(),
                result.provenance().flags());
        Mode from = result.provenance().mode();
        if (state != FeedState.UP || from != mode) {
            say(FeedState.UP, from, result.provenance().mockReason());
        }
        MarketData known = before;
        before = result.data();
        if (known == null) {
            sink.accept(new Snapshot(update.data(), update.receivedAt(), update.flags()));
            return true;
        }
        List<StreamEvent> changes = PollPolicy.changes(known, update);
        changes.forEach(sink::accept);
        return !changes.isEmpty();
    }

    private Duration failed(Failure reason, Duration period) {
        if (!reason.code().equals(failure)) {
            sink.accept(new StreamEvent.Failed(reason));
        }
        if (state != FeedState.DOWN) {
            say(FeedState.DOWN, mode == null ? Mode.LIVE : mode, reason.message());
        }
        failure = reason.code();
        if (reason instanceof Failure.CallerFault) {
            return BackgroundLoop.END;
        }
        backoff = Math.min(backoff * 2, MAX_BACKOFF);
        Duration wait = period.multipliedBy(backoff);
        Duration named = reason instanceof Failure.Refused refused ? refused.retryAfter() : null;
        Duration pause = named != null && named.compareTo(wait) > 0 ? named : wait;
        return pause.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : pause;
    }

    private void say(FeedState next, Mode from, @Nullable String reason) {
        state = next;
        mode = from;
        if (next == FeedState.UP) {
            failure = "";
        }
        Instant since = clock.instant();
        sink.accept(new StreamEvent.Status(next, from, terms.transport(), reason, since));
    }
}
