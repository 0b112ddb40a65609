package io.marketbrain.alerts;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The armed alerts, each with what is known of its subject, what has fired, and the thread that looks after them while there are any.
 * Feeds add firings from their own threads; everything else must be called under the lock of the owner.
 */
final class ArmedAlerts {
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final AlertInputs inputs;
    private final NanoClock nanoClock;
    private final BackgroundLoop.Round round;
    private final Map<String, AlertWatch> watches = new HashMap<>();
    private final Queue<Firing> triggered = new ConcurrentLinkedQueue<>();

    private volatile @Nullable BackgroundLoop loop;
    private boolean closed;

    /** @param round takes what has fired, and returns {@link #untilCheck}; called after each firing, and when a check is due */
    ArmedAlerts(AlertInputs inputs, NanoClock nanoClock, BackgroundLoop.Round round) {
        this.inputs = inputs;
        this.nanoClock = nanoClock;
        this.round = round;
    }

    /** Receives the price that an alert was compared with last, and where it was from. */
    @FunctionalInterface
    interface SeenPrices {
        void accept(String id, BigDecimal price, @Nullable Mode mode);
    }

    void add(Alert alert) {
        var watch = new AlertWatch(alert, inputs, this::triggered, this::wake);
        watches.put(alert.id(), watch);
        watch.open();
        if (loop != null) {
            wake();
        } else if (!closed) {
            loop = new BackgroundLoop("alerts", BackgroundLoop.Kind.VIRTUAL, nanoClock, round).start();
        }
    }

    void remove(String id) {
        AlertWatch watch = watches.remove(id);
        if (watch != null) {
            watch.close();
        }
    }

    /** The state of the feed that an alert is evaluated on; empty where there is none or nothing is known yet. */
    Optional<FeedState> findFeedState(String id) {
        return Optional.ofNullable(watches.get(id)).flatMap(AlertWatch::findFeedState);
    }

    /** Evaluates what only the passing of time or a look at a state can tell. */
    void check(Instant now) {
        watches.values().forEach(watch -> watch.check(now));
    }

    /** The pause until the next check; the end of the thread if no alert is left. */
    Duration untilCheck() {
        if (closed || watches.isEmpty()) {
            loop = null;
            return BackgroundLoop.END;
        }
        return watches.values().stream()
                .map(AlertWatch::checkPeriod)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(IDLE);
    }

    /** What has fired since the last call, in order. */
    List<Firing> takeFirings() {
        List<Firing> taken = new ArrayList<>();
        for (Firing firing = triggered.poll(); firing != null; firing = triggered.poll()) {
            taken.add(firing);
        }
        return taken;
    }

    /** Only of alerts that have seen one. */
    void forEachSeen(SeenPrices action) {
        watches.forEach((id, watch) -> {
            AlertWatch.Seen seen = watch.seen();
            if (seen.price() != null) {
                action.accept(id, seen.price(), seen.mode());
            }
        });
    }

    /** On the thread of a feed. */
    private void triggered(Firing firing) {
        triggered.add(firing);
        wake();
    }

    private void wake() {
        BackgroundLoop existing = loop;
        if (existing != null) {
            existing.wake();
        }
    }

    /** Ends the evaluation and the thread; what was seen is known still. */
    void close() {
        closed = true;
        watches.values().forEach(AlertWatch::close);
        BackgroundLoop existing = loop;
        if (existing != null) {
            existing.stop();
        }
    }
}
