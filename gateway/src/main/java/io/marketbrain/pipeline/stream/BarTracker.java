package io.marketbrain.pipeline.stream;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bars of one channel, from trades or from the bars of a feed; it alone decides which of them are complete. Each method returns
 * the bars to send, oldest first. No clock, no threads; not thread-safe.
 *
 * <p>The invariant: every bar before {@link #next} has been sent as complete once and in order, or it had no trades, or it was
 * {@linkplain #abandon abandoned}, which the caller announces as a gap. So a complete bar never precedes an older one, and none is
 * left out silently. The bar {@code next} becomes complete only in one of three ways:
 *
 * <ol>
 *   <li>the feed has confirmed it;
 *   <li>all of its trades were seen, which holds from {@link #sureFrom} on, and the provider's clock is past its end;
 *   <li>it was fetched after its end. A bar before {@code sureFrom} that the feed has not confirmed is a hole, which only this fills.
 *       Where the response has a later bar but not this one, and no trade of it was seen, it had none.
 * </ol>
 *
 * <p>Later bars wait for it, and are sent as open ones meanwhile. The bars before the first complete one are no holes if nothing is
 * known of them: listening began after them.
 */
final class BarTracker {
    private final Interval interval;

    /** What is known of the bars from {@link #next} on; complete ones are confirmed or fetched. */
    private final TreeMap<Instant, Candle> known = new TreeMap<>();

    /** The first bar that has not been dealt with; null before anything was received. */
    private @Nullable Instant next;

    /**
     * From trades: the first bar of which every trade is seen. From the bars of a feed: the newest one, which the feed may still
     * confirm, or after a gap the one after it.
     */
    private Instant sureFrom = Instant.MIN;

    /** Whether the bars are built from trades, and so end with their time. */
    private boolean fromTrades;

    /** Whether trades may be missing before the next one. */
    private boolean afterGap;

    private boolean anyComplete;

    BarTracker(Interval interval) {
        this.interval = interval;
    }

    /** From now on every trade after an instant is seen; those before it may not have been. */
    void startsAt(Instant instant) {
        fromTrades = true;
        unsureUntil(instant);
        if (next == null) {
            next = interval.floor(instant);
        }
    }

    /** Trades or bars between two instants may be missing, and trades until the next one. */
    void gap(Instant from, Instant to) {
        if (fromTrades) {
            afterGap = true;
            unsureUntil(to.isBefore(from) ? from : to);
        } else if (!known.isEmpty()) {
            unsureUntil(known.lastKey()); // later bars of a feed are whole
        }
    }

    private void unsureUntil(Instant instant) {
        sureFrom = later(sureFrom, interval.next(interval.floor(instant)));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private boolean isDone(Instant bar) {
        return next != null && bar.isBefore(next);
    }

    List<Candle> traded(List<Trade> trades) {
        var changed = new TreeMap<Instant, Candle>();
        for (Trade trade : trades) {
            Instant at = interval.floor(trade.time());
            if (afterGap) {
                afterGap = false;
                unsureUntil(trade.time());
            }
            if (isDone(at)) {
                continue; // it is later than the provider's own end of the bar
            }
            for (Candle closed : passed(trade.time())) {
                changed.put(closed.openTime(), closed);
            }
            Candle before = known.get(at);
            if (before != null && before.complete()) {
                continue; // it was fetched
            }
            Candle bar = with(before, at, trade);
            known.put(at, bar);
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
        var changed = new TreeMap<Instant, Candle>();
        for (Candle bar : bars) {
            Instant at = bar.openTime();
            if (next == null) {
                next = at;
            }
            Candle before = known.get(at);
            if (isDone(at) || (before != null && before.complete())) {
                continue;
            }
            known.put(at, bar);
            sureFrom = later(sureFrom, at); // the feed has not confirmed those before
            changed.put(at, withComplete(bar, false));
            advance(Instant.MIN, Instant.MIN).forEach(closed -> changed.put(closed.openTime(), closed));
        }
        return List.copyOf(changed.values());
    }

    /** The provider's clock has reached an instant up to which nothing is missing but what was said to be. */
    List<Candle> passed(Instant now) {
        return advance(now, Instant.MIN);
    }

    /**
     * Goes on as far as the invariant allows.
     *
     * @param now up to which the time of bars that are built from trades is over
     * @param listed before which a bar that is not known had no trades
     */
    private List<Candle> advance(Instant now, Instant listed) {
        List<Candle> closed = new ArrayList<>();
        while (next != null) {
            Instant at = next;
            Candle bar = known.get(at);
            if (bar != null && (bar.complete() || isOver(at, now))) {
                known.remove(at);
                closed.add(withComplete(bar, true));
                next = interval.next(at);
                anyComplete = true;
            } else if (bar == null && at.isBefore(listed) && at.isBefore(sureFrom)) {
                next = interval.next(at);
            } else if (bar == null && isOver(at, now)) {
                next = known.isEmpty() ? interval.floor(now) : earlier(interval.floor(now), known.firstKey());
            } else if (bar == null && beganAfter(at, now)) {
                next = known.firstKey();
            } else {
                break;
            }
        }
        return closed;
    }

    /** Whether every trade of a bar was seen and its time is over. */
    private boolean isOver(Instant bar, Instant now) {
        return fromTrades && !bar.isBefore(sureFrom) && !interval.next(bar).isAfter(now);
    }

    /** Whether listening began after a bar of which nothing is known: a later one would be the first complete one. */
    private boolean beganAfter(Instant bar, Instant now) {
        if (anyComplete || known.isEmpty()) {
            return false;
        }
        Map.Entry<Instant, Candle> first = known.firstEntry();
        return first.getKey().isAfter(bar) && (first.getValue().complete() || isOver(first.getKey(), now));
    }

    static Candle withComplete(Candle bar, boolean complete) {
        return bar.complete() == complete
                ? bar
                : new Candle(
                        bar.openTime(),
                        bar.open(),
                        bar.high(),
                        bar.low(),
                        bar.close(),
                        bar.volume(),
                        bar.quoteVolume(),
                        bar.trades(),
                        complete);
    }

    /**
     * Takes bars that were fetched, oldest first: those that are complete fill holes, an open one replaces what is known of it. Bars
     * that are no holes are left to the feed.
     */
    List<Candle> fetched(List<Candle> bars) {
        var changed = new TreeMap<Instant, Candle>();
        for (Candle bar : bars) {
            Instant at = bar.openTime();
            Candle before = known.get(at);
            if (next == null || isDone(at) || !at.isBefore(sureFrom) || (before != null && before.complete())) {
                continue;
            }
            known.put(at, bar);
            if (!bar.equals(before)) {
                changed.put(at, withComplete(bar, false));
            }
        }
        Instant listed = bars.isEmpty() ? Instant.MIN : bars.getLast().openTime();
        advance(Instant.MIN, listed).forEach(closed -> changed.put(closed.openTime(), closed));
        return List.copyOf(changed.values());
    }

    /** The first bar to be fetched, if its time is over at an instant; all later ones wait for it. */
    Optional<Instant> findHole(Instant now) {
        Instant at = next;
        if (at == null || !at.isBefore(sureFrom) || interval.next(at).isAfter(now)) {
            return Optional.empty();
        }
        Candle bar = known.get(at);
        return bar != null && bar.complete() ? Optional.empty() : Optional.of(at);
    }

    /** The end of the first bar that is to be fetched; empty if none is. */
    Optional<Instant> findHoleEnd() {
        return findHole(Instant.MAX).map(interval::next);
    }

    /**
     * Gives up the holes whose time is over, up to the first bar that can be sent, and leaves them out: they must be announced as a
     * gap from the first hole to {@link #findNext}. Returns what is known of them, not complete.
     */
    List<Candle> abandon(Instant now) {
        List<Candle> partial = new ArrayList<>();
        for (Optional<Instant> hole = findHole(now); hole.isPresent(); hole = findHole(now)) {
            Candle bar = known.remove(hole.get());
            next = interval.next(hole.get());
            anyComplete = true;
            if (bar != null) {
                partial.add(withComplete(bar, false));
            }
        }
        return partial;
    }

    /** The first bar that has been neither sent as complete nor left out; empty before anything was received. */
    Optional<Instant> findNext() {
        return Optional.ofNullable(next);
    }

    /** The end of the oldest bar that is not complete; empty if none is known or missing. */
    Optional<Instant> findNextEnd() {
        Instant at = next;
        return at == null || (known.isEmpty() && !at.isBefore(sureFrom))
                ? Optional.empty()
                : Optional.of(interval.next(at));
    }
}
