package io.marketbrain.alerts;

import java.time.Instant;

/** Decides whether an alert whose condition holds fires, since it may have fired before. Pure. */
final class RepeatPolicy {
    private RepeatPolicy() {}

    static boolean mayFire(Alert alert, Instant now) {
        Instant last = alert.progress().lastFiredAt();
        return alert.isArmed() && (last == null || !now.isBefore(last.plus(alert.cooldown())) || now.isBefore(last));
    }
}
