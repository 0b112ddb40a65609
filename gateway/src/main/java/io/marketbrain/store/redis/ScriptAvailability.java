package io.marketbrain.store.redis;

import io.marketbrain.model.NanoClock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Whether scripts can be run now: from the start until a run fails, and again once a probe in the background has passed.
 * The pause before a probe grows until a run succeeds, not only a probe. Logs the first failure, but not again within
 * ten seconds, and the success after a logged failure. Thread-safe.
 */
final class ScriptAvailability {
    private static final System.Logger LOG = System.getLogger(RedisScriptRunner.class.getName());

    private static final long LOG_INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final Backoff backoff;
    private final NanoClock nanoClock;
    private final RandomGenerator chance;
    private boolean usable = true;
    private int failures;
    private String why = "";
    private boolean failureLogged;
    private long loggedAt;

    ScriptAvailability(Backoff backoff, NanoClock nanoClock, RandomGenerator chance) {
        this.backoff = backoff;
        this.nanoClock = nanoClock;
        this.loggedAt = nanoClock.nanos() - LOG_INTERVAL_NANOS;
        this.chance = chance;
    }

    /** Why scripts cannot be run now; empty if they can. */
    synchronized Optional<String> findFault() {
        return usable ? Optional.empty() : Optional.of(why);
    }

    /** A run succeeded. */
    synchronized void answered() {
        if (!usable || failures == 0) {
            return;
        }
        failures = 0;
        if (failureLogged) {
            failureLogged = false;
            LOG.log(
                    System.Logger.Level.INFO,
                    "redis is available again; limits and budgets are shared by all gateways");
        }
    }

    /** A run failed, or no connection could be opened for it. */
    synchronized void failed(String words) {
        if (!usable) {
            return;
        }
        long now = nanoClock.nanos();
        if (failures == 0 && now - loggedAt >= LOG_INTERVAL_NANOS) {
            failureLogged = true;
            loggedAt = now;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "redis is unavailable; limits and budgets are not shared by all gateways: {0}",
                    words);
        }
        failures++;
        why = words;
        usable = false;
    }

    /** A probe failed. */
    synchronized void probeFailed(String words) {
        failures++;
        why = words;
    }

    /** A probe passed: scripts may be run. */
    synchronized void probePassed() {
        usable = true;
    }

    /** The pause before the next probe; empty if scripts can be run. */
    synchronized Optional<Duration> findPause() {
        return usable ? Optional.empty() : Optional.of(backoff.pause(failures, chance));
    }
}
