package io.marketbrain.pipeline.stream;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The bars of one channel, from trades or from the bars of a feed. A bar is complete only if the provider confirms it, or if every
 * trade of its time was seen and its time is over by the provider's clock; any other bar whose time is over is a hole, to be fetched.
 * Each method returns the bars that have changed, oldest first. No clock, no threads; not thread-safe.
 */
final class BarTracker {
    private final Interval interval;
    private final TreeMap<Instant, Candle> open = new TreeMap<>();
    private final TreeSet<Instant> holes = new TreeSet<>();

    /** The instant from which on every trade has been seen; null before the first. */
    private @Nullable Instant seenFrom;

    private @Nullable Instant lastComplete;

    BarTracker(Interval interval) {
        this.interval = interval;
    }

    /** From now on every trade after an instant is seen. */
    void startsAt(Instant instant) {
        if (seenFrom == null || instant.isAfter(seenFrom)) {
            seenFrom = instant;
        }
        missing(instant, instant);
    }

    /** Trades or bars between two instants may be missing. */
    void gap(Instant from, Instant to) {
        if (seenFrom == null) {
            holes.addAll(open.keySet()); // bars of a feed, which says itself where it goes on
            return;
        }
        seenFrom = to;
        missing(from, to);
    }

    /** The bars that touch a time cannot be built from what was seen. */
    private void missing(Instant from, Instant to) {
        Instant first = lastComplete == null ? interval.floor(from) : earlier(interval.next(lastComplete), from);
        for (Instant bar = interval.floor(first); !bar.isAfter(to); bar = interval.next(bar)) {
            if (!isDone(bar)) {
                holes.add(bar);
            }
        }
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private boolean isDone(Instant bar) {
        return lastComplete != null && !bar.isAfter(lastComplete);
    }

    List<Candle> traded(List<Trade> trades) {
        var changed = new TreeMap<Instant, Candle>();
        for (Trade trade : trades) {
            Instant at = interval.floor(trade.time());
            if (isDone(at) && !holes.contains(at)) {
                continue; // it is later than the provider's own end of the bar
            }
            for (Candle closed : passed(trade.time())) {
                changed.put(closed.openTime(), closed);
            }
            Candle bar = with(open.get(at), at, trade);
            open.put(at, bar);
            changed.put(at, bar);
        }
        return List.copyOf(changed.values());
    }

    private static Candle with(@Nullable Candle bar, Instant open, Trade trade) {
        BigDecimal price = trade.price();
        if (bar == null) {
            return new Candle(open, price, price, price, price, trade.size(), price.multiply(trade.size()), 1L, false);
        }
        return new Candle(
                open,
                bar.open(),
                bar.high().max(price),
                bar.low().min(price),
                price,
                sum(bar.volume(), trade.size()),
                sum(bar.quoteVolume(), price.multiply(trade.size())),
                bar.trades() == null ? null : bar.trades() + 1,
                false);
    }

    private static @Nullable BigDecimal sum(@Nullable BigDecimal sum, BigDecimal more) {
        return sum == null ? null : sum.add(more);
    }

    /** Takes the bars of a feed, which says itself which of them are complete. */
    List<Candle> received(List<Candle> bars) {
        List<Candle> changed = new ArrayList<>();
        for (Candle bar : bars) {
            Instant at = bar.openTime();
            if (isDone(at) && !holes.contains(at)) {
                continue;
            }
            open.headMap(at).keySet().forEach(holes::add); // the feed did not confirm them
            leftOut(at);
            changed.add(bar);
            if (bar.complete()) {
                complete(at);
            } else {
                open.put(at, bar);
            }
        }
        return changed;
    }

    /** The bars between the last complete one and that of a time did not come. */
    private void leftOut(Instant at) {
        if (lastComplete != null) {
            for (Instant bar = interval.next(lastComplete); bar.isBefore(at); bar = interval.next(bar)) {
                holes.add(bar);
            }
        }
    }

    /** The provider's clock has reached an instant. */
    List<Candle> passed(Instant now) {
        List<Candle> closed = new ArrayList<>();
        while (!open.isEmpty() && !interval.next(open.firstKey()).isAfter(now)) {
            Instant at = open.firstKey();
            if (seenFrom == null || at.isBefore(seenFrom) || holes.contains(at)) {
                holes.add(at);
                return closed; // bars are sent in order, so what follows a hole waits for it
            }
            Candle bar = Objects.requireNonNull(open.get(at));
            closed.add(new Candle(
                    at,
                    bar.open(),
                    bar.high(),
                    bar.low(),
                    bar.close(),
                    bar.volume(),
                    bar.quoteVolume(),
                    bar.trades(),
                    true));
            complete(at);
        }
        return closed;
    }

    private void complete(Instant at) {
        open.remove(at);
        holes.remove(at);
        if (lastComplete == null || at.isAfter(lastComplete)) {
            lastComplete = at;
        }
    }

    /**
     * Takes bars that were fetched: complete ones close holes, an open one replaces what is known of it. Where the response has
     * later bars but not that of a hole, nothing was traded.
     */
    List<Candle> fetched(List<Candle> bars) {
        List<Candle> changed = new ArrayList<>();
        Set<Instant> listed = bars.stream().map(Candle::openTime).collect(Collectors.toSet());
        if (!bars.isEmpty()) {
            holes.subSet(bars.getFirst().openTime(), bars.getLast().openTime())
                    .removeIf(hole -> !listed.contains(hole) && !open.containsKey(hole));
        }
        for (Candle bar : bars) {
            Instant at = bar.openTime();
            if (!holes.contains(at)) {
                continue;
            }
            if (bar.complete()) {
                complete(at);
                changed.add(bar);
            } else if (!bar.equals(open.put(at, bar))) {
                changed.add(bar);
            }
        }
        return changed;
    }

    /** The first bar to be fetched whose time is over at an instant. */
    Optional<Instant> findHole(Instant now) {
        return holes.isEmpty() || interval.next(holes.getFirst()).isAfter(now)
                ? Optional.empty()
                : Optional.of(holes.getFirst());
    }

    /** Gives up the holes whose time is over: they will not be complete. Returns what is known of them. */
    List<Candle> abandon(Instant now) {
        List<Candle> partial = new ArrayList<>();
        for (Optional<Instant> hole = findHole(now); hole.isPresent(); hole = findHole(now)) {
            Candle bar = open.get(hole.get());
            complete(hole.get());
            if (bar != null) {
                partial.add(bar);
            }
        }
        return partial;
    }

    /** The end of the oldest bar that is not complete; empty if there is none. */
    Optional<Instant> findNextEnd() {
        Instant first = holes.isEmpty() ? null : holes.getFirst();
        Instant firstOpen = open.isEmpty() ? null : open.firstKey();
        Instant at = first == null ? firstOpen : firstOpen == null ? first : earlier(first, firstOpen);
        return Optional.ofNullable(at).map(interval::next);
    }
}
