package io.marketbrain.alerts;

import io.marketbrain.alerts.rules.CrossPolicy;
import io.marketbrain.alerts.rules.DurationText;
import io.marketbrain.alerts.rules.PriceDirection;
import io.marketbrain.alerts.rules.PriceWindow;
import io.marketbrain.alerts.rules.TrustPolicy;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.Mode;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamEvent.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An alert on an instrument, evaluated on the events of its channel. Never blocks. Not thread-safe.
 */
final class WatchedPrice {
    private final @Nullable PriceWindow window;
    private @Nullable Status status;
    private @Nullable BigDecimal last;
    private @Nullable Mode lastMode;
    private boolean afterGap;

    /** Since when the feed has not been up; null while it is, and after that has been reported. */
    private @Nullable Instant awaySince;

    WatchedPrice(Alert alert) {
        this.window = alert.condition() instanceof AlertCondition.Moves moves ? new PriceWindow(moves.window()) : null;
        this.last = alert.progress().lastPrice();
        this.lastMode = alert.progress().lastMode();
        this.afterGap = last != null;
    }

    @Nullable
    BigDecimal lastPrice() {
        return last;
    }

    @Nullable
    Mode lastMode() {
        return lastMode;
    }

    @Nullable
    Status status() {
        return status;
    }

    /** Takes an event; returns why the alert's condition holds now, if it does. */
    Optional<Trigger> accept(Alert alert, StreamEvent event) {
        return switch (event) {
            case StreamEvent.Snapshot(var data, var at, var flags) ->
                data instanceof Quote quote ? judge(alert, quote.price(), at, flags) : Optional.empty();
            case StreamEvent.Update(var data, var at, var flags) ->
                data instanceof Quote quote ? judge(alert, quote.price(), at, flags) : Optional.empty();
            case StreamEvent.Gap gap -> {
                missed(gap.to());
                yield Optional.empty();
            }
            case Status said -> {
                changed(alert, said);
                yield Optional.empty();
            }
            case StreamEvent.Failed _ -> Optional.empty();
        };
    }

    private void missed(Instant until) {
        afterGap = last != null;
        if (window != null) {
            window.gap(until);
        }
    }

    private void changed(Alert alert, Status said) {
        boolean up = said.state() == FeedState.UP && TrustPolicy.isWanted(alert.mode(), said.mode());
        if (up) {
            awaySince = null;
        } else if (status == null || wasUp(alert, status)) {
            awaySince = said.since();
        }
        if (status != null && status.state() == FeedState.UP && said.state() != FeedState.UP) {
            missed(said.since());
        }
        status = said;
    }

    private static boolean wasUp(Alert alert, Status before) {
        return before.state() == FeedState.UP && TrustPolicy.isWanted(alert.mode(), before.mode());
    }

    private Optional<Trigger> judge(Alert alert, BigDecimal price, Instant at, List<QualityFlag> flags) {
        Status from = status;
        if (from == null || !TrustPolicy.isJudged(alert.mode(), from, flags)) {
            return Optional.empty();
        }
        if (lastMode != null && lastMode != from.mode()) {
            restart();
        }
        Optional<Trigger> trigger = switch (alert.condition()) {
            case AlertCondition.Crosses crosses -> cross(crosses, price, from.mode());
            case AlertCondition.Moves moves -> move(moves, price, at, from.mode());
            case AlertCondition.Stale _, AlertCondition.ProviderDown _, AlertCondition.BudgetSpent _ ->
                Optional.empty();
        };
        last = price;
        lastMode = from.mode();
        afterGap = false;
        return trigger;
    }

    /** The data is of another kind from now on, whose prices are not comparable. */
    private void restart() {
        last = null;
        afterGap = false;
        if (window != null) {
            window.clear();
        }
    }

    private Optional<Trigger> cross(AlertCondition.Crosses crosses, BigDecimal price, Mode mode) {
        BigDecimal previous = last;
        if (previous == null) {
            return Optional.empty();
        }
        return CrossPolicy.decide(previous, price, crosses.price(), crosses.direction())
                .map(direction -> new Trigger(
                        price,
                        previous,
                        direction,
                        afterGap,
                        mode,
                        "crossed " + crosses.price().toPlainString()
                                + (direction == PriceDirection.UP ? " upwards: " : " downwards: ")
                                + price.toPlainString()));
    }

    private Optional<Trigger> move(AlertCondition.Moves moves, BigDecimal price, Instant at, Mode mode) {
        PriceWindow prices = window;
        if (prices == null) {
            return Optional.empty();
        }
        prices.add(at, price);
        return prices.findMove(price, moves.percent(), moves.direction())
                .map(move -> new Trigger(
                        price,
                        move.from(),
                        move.direction(),
                        move.afterGap(),
                        mode,
                        "moved " + move.direction().wire() + " by "
                                + moves.percent().toPlainString() + " % or more within "
                                + DurationText.of(moves.window()) + ": from "
                                + move.from().toPlainString() + " to " + price.toPlainString()));
    }

    /** The alert has fired: a further move is measured from the present price. */
    void fired(Instant at) {
        BigDecimal price = last;
        if (window != null && price != null) {
            window.clear();
            window.add(at, price);
        }
    }

    /** Why the feed is stale at an instant, once each time; empty if it is not. */
    Optional<Trigger> findStale(AlertCondition.Stale stale, Instant now) {
        Instant since = awaySince;
        Status said = status;
        if (since == null || said == null || now.isBefore(since.plus(stale.after()))) {
            return Optional.empty();
        }
        awaySince = null;
        String reason = said.reason() == null ? "" : ": " + said.reason();
        return Optional.of(Trigger.ofState(
                said.mode(),
                "has no data since " + since + " (" + said.state().name().toLowerCase(java.util.Locale.ROOT) + reason
                        + ")"));
    }
}
