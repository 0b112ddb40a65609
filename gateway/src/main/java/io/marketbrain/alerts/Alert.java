package io.marketbrain.alerts;

import io.marketbrain.model.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An alert that the gateway keeps. Immutable.
 *
 * @param mode where the instrument's data was from when the alert was created; null for other subjects
 * @param once whether it fires only once
 * @param cooldown how long it does not fire again after it has fired
 * @param webhook where its firings are sent; empty for nowhere
 * @param note the user's own words; may be empty
 * @param owner the caller that created it
 */
public record Alert(
        String id,
        AlertSubject subject,
        AlertCondition condition,
        @Nullable Mode mode,
        boolean once,
        Duration cooldown,
        Optional<WebhookTarget> webhook,
        String note,
        String owner,
        Instant createdAt,
        boolean paused,
        AlertProgress progress) {

    /** {@code armed}, {@code paused}, or {@code done} if it has fired and does so only once. */
    public String state() {
        return paused ? "paused" : progress.done() ? "done" : "armed";
    }

    boolean isArmed() {
        return !paused && !progress.done();
    }

    Alert with(AlertProgress changed) {
        return new Alert(
                id, subject, condition, mode, once, cooldown, webhook, note, owner, createdAt, paused, changed);
    }

    /** Paused, or armed again: an alert that was done may then fire once more. */
    Alert withPaused(boolean nowPaused) {
        return new Alert(
                id,
                subject,
                condition,
                mode,
                once,
                cooldown,
                webhook,
                note,
                owner,
                createdAt,
                nowPaused,
                nowPaused ? progress : progress.armedAgain());
    }

    /** After a firing. */
    Alert after(Firing firing) {
        return with(new AlertProgress(
                firing.number(), firing.at(), once, firing.price(), firing.price() == null ? null : firing.mode()));
    }
}
