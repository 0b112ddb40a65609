package io.marketbrain.alerts;

import io.marketbrain.alerts.rules.StatePolicy;
import io.marketbrain.model.Mode;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.BudgetReport;
import io.marketbrain.pipeline.stream.MarketEventSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One armed alert, and what is known of its subject. Takes the events of its channel on the feed's thread; never blocks there.
 * Thread-safe.
 */
final class AlertWatch {
    private static final Duration FEEDS = Duration.ofSeconds(1);

    /** The state of a budget may have to be read from its store. */
    private static final Duration STATES = Duration.ofSeconds(5);

    private final AlertInputs inputs;
    private final Consumer<Firing> fired;
    private final Runnable firstPrice;
    private final @Nullable WatchedPrice prices;
    private Alert alert;
    private boolean held;
    private boolean closed;
    private MarketEventSource.@Nullable Subscription subscription;

    /**
     * @param fired receives each firing; must not block
     * @param firstPrice called after the first price; must not block
     */
    AlertWatch(Alert alert, AlertInputs inputs, Consumer<Firing> fired, Runnable firstPrice) {
        this.alert = alert;
        this.inputs = inputs;
        this.fired = fired;
        this.firstPrice = firstPrice;
        this.prices = alert.subject() instanceof AlertSubject.OfInstrument ? new WatchedPrice(alert) : null;
    }

    /** The price that was judged last, and where it was from. */
    record Seen(@Nullable BigDecimal price, @Nullable Mode mode) {}

    /** Subscribes to the channel, if the alert is about one. Must be called without locks that the feed's thread takes. */
    void open() {
        if (!(alert.subject() instanceof AlertSubject.OfInstrument(var provider, var instrument))) {
            return;
        }
        var channel = new Channel(provider, instrument, new StreamKind.Quotes());
        MarketEventSource.Subscription opened = inputs.listen(channel, this::accept);
        synchronized (this) {
            if (!closed) {
                subscription = opened;
                return;
            }
        }
        opened.close();
    }

    private synchronized void accept(StreamEvent event) {
        if (prices != null && !closed) {
            Instant at = switch (event) {
                case StreamEvent.Snapshot(var _, var received, var _) -> received;
                case StreamEvent.Update(var _, var received, var _) -> received;
                default -> Instant.EPOCH;
            };
            boolean before = prices.lastPrice() == null;
            prices.accept(alert, event).ifPresent(trigger -> fire(trigger, at));
            if (before && prices.lastPrice() != null) {
                firstPrice.run();
            }
        }
    }

    /** Evaluates what only the passing of time or a look at a state can tell. */
    void check(Instant now) {
        switch (alert.condition()) {
            case AlertCondition.Stale stale -> {
                synchronized (this) {
                    if (prices != null) {
                        prices.findStale(stale, now).ifPresent(trigger -> fire(trigger, now));
                    }
                }
            }
            case AlertCondition.ProviderDown _ -> {
                if (alert.subject() instanceof AlertSubject.OfProvider(var provider)) {
                    boolean down = StatePolicy.isDown(inputs.health(provider));
                    become(down, Trigger.ofState(null, "is down: its circuit breaker is open"), now);
                }
            }
            case AlertCondition.BudgetSpent(var percent) -> {
                if (alert.subject() instanceof AlertSubject.OfBudget(var name)) {
                    Optional<BudgetReport> budget = inputs.findBudget(name);
                    boolean spent = budget.filter(one -> StatePolicy.isSpent(one, percent))
                            .isPresent();
                    String text = budget.map(one ->
                                    "has spent " + one.used() + " of " + one.limit() + "; it resets at " + one.resets())
                            .orElse("");
                    become(spent, Trigger.ofState(null, text), now);
                }
            }
            case AlertCondition.Crosses _, AlertCondition.Moves _ -> {}
        }
    }

    /** How often {@link #check} must be called; empty for never. */
    Optional<Duration> checkPeriod() {
        return switch (alert.condition()) {
            case AlertCondition.Stale _ -> Optional.of(FEEDS);
            case AlertCondition.ProviderDown _, AlertCondition.BudgetSpent _ -> Optional.of(STATES);
            case AlertCondition.Crosses _, AlertCondition.Moves _ -> Optional.empty();
        };
    }

    /** Fires when a state begins, not while it lasts. */
    private synchronized void become(boolean holds, Trigger trigger, Instant now) {
        if (holds && !held) {
            fire(trigger, now);
        }
        held = holds;
    }

    private void fire(Trigger trigger, Instant at) {
        if (closed || !RepeatPolicy.mayFire(alert, at)) {
            return;
        }
        Firing firing = trigger.fire(alert, at);
        alert = alert.after(firing);
        if (prices != null) {
            prices.fired(at);
        }
        fired.accept(firing);
    }

    synchronized Seen seen() {
        return prices == null ? new Seen(null, null) : new Seen(prices.lastPrice(), prices.lastMode());
    }

    /** The state of the feed; empty where there is none or nothing is known yet. */
    synchronized Optional<FeedState> findFeedState() {
        return Optional.ofNullable(prices).map(WatchedPrice::status).map(StreamEvent.Status::state);
    }

    /** Ends the evaluation. Must be called without locks that the feed's thread takes. */
    void close() {
        MarketEventSource.Subscription open;
        synchronized (this) {
            closed = true;
            open = subscription;
        }
        if (open != null) {
            open.close();
        }
    }
}
