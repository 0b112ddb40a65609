package io.marketbrain.pipeline.stream;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A source whose clock is moved by its owner. It requests the data of each channel at multiples of the channel's period and sends
 * what has changed, so the same instants have the same events however fast they pass. A new channel gets its first event at once.
 * Thread-safe.
 */
public final class SteppedSource implements MarketEventSource {
    private final MarketDataSource source;
    private final PollTerms terms;
    private final AdjustableClock clock;
    private final NanoClock nanoClock;
    private final Set<OpenChannel> open = new LinkedHashSet<>();

    /**
     * @param source at {@code clock}
     * @param terms how often the data of a channel is requested, in the time of {@code clock}
     */
    public SteppedSource(MarketDataSource source, PollTerms terms, AdjustableClock clock, NanoClock nanoClock) {
        this.source = source;
        this.terms = terms;
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    private static final class OpenChannel {
        final Channel channel;
        final PolledChannel polling;
        Optional<Instant> due = Optional.empty();

        OpenChannel(Channel channel, PolledChannel polling) {
            this.channel = channel;
            this.polling = polling;
        }
    }

    @Override
    public synchronized Subscription subscribe(Channel channel, EventSink sink) {
        var added =
                new OpenChannel(channel, new PolledChannel(source, channel, terms, () -> 1, sink, nanoClock, clock));
        open.add(added);
        request(added);
        return () -> remove(added);
    }

    private synchronized void remove(OpenChannel gone) {
        open.remove(gone);
    }

    /** Whether any channel is open. */
    public synchronized boolean isOpen() {
        return !open.isEmpty();
    }

    /** When the next channel is due; empty if none is. */
    public synchronized Optional<Instant> findDue() {
        return open.stream().flatMap(one -> one.due.stream()).min(Comparator.naturalOrder());
    }

    /** About how many steps lead from now to an instant. */
    public synchronized long steps(Instant to) {
        long shortest = open.stream()
                .mapToLong(one -> terms.period(one.channel, 1).toMillis())
                .min()
                .orElse(Long.MAX_VALUE);
        return Duration.between(clock.instant(), to).toMillis() / Math.max(1, shortest);
    }

    /**
     * Moves the clock to the next instant at which a channel is due, if that is not after {@code last}, and sends what has changed.
     *
     * @return false if no channel is due by then
     */
    public synchronized boolean step(Instant last) {
        Optional<Instant> due = findDue().filter(next -> !next.isAfter(last));
        due.ifPresent(next -> {
            clock.set(next);
            List.copyOf(open).stream().filter(one -> isDue(one, next)).forEach(this::request);
        });
        return due.isPresent();
    }

    private static boolean isDue(OpenChannel one, Instant now) {
        return one.due.isPresent() && !one.due.get().isAfter(now);
    }

    /** Moves the clock to an instant and sends what has changed by then; what happened in between is not sent one by one. */
    public synchronized void skip(Instant to) {
        boolean later = to.isAfter(clock.instant());
        clock.set(to);
        if (later) {
            List.copyOf(open).stream().filter(one -> one.due.isPresent()).forEach(this::request);
        }
    }

    private void request(OpenChannel one) {
        Duration pause = one.polling.round();
        one.due = pause.isNegative() ? Optional.empty() : Optional.of(next(clock.instant(), pause));
    }

    /** The next multiple of a period. */
    private static Instant next(Instant now, Duration period) {
        long length = Math.max(1, period.toMillis());
        return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), length) * length + length);
    }

    @Override
    public String toString() {
        return "stepped over " + source;
    }
}
