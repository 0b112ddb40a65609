package io.marketbrain.alerts;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.concurrent.TaskResult;
import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.model.NanoClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks that are being delivered: each is tried until it is delivered or given up, several at a time. Runs nothing while there
 * are none. Thread-safe.
 */
final class WebhookDeliveries {
    private static final int AT_ONCE = 8;

    /** How many firings wait at most; further ones are not delivered, only logged. */
    static final int MAX_WAITING = 10_000;

    private static final Duration IDLE = Duration.ofMinutes(1);

    private final AlertsConfig config;
    private final WebhookSender sender;
    private final Reports reports;
    private final InstantSource clock;
    private final NanoClock nanoClock;
    private final Random random;
    private final TaskRunner tasks;
    private final Map<String, Delivery> waiting = new LinkedHashMap<>();
    private @Nullable BackgroundLoop loop;
    private int running;
    private boolean closed;

    /** Receives what comes of the attempts; on threads of their own. */
    interface Reports {
        void failed(Firing firing, int attempts, String detail);

        void ended(Firing firing, boolean delivered, int attempts, String detail);
    }

    /** A firing to be delivered, and when it is tried next. */
    private static final class Delivery {
        private final Firing firing;
        private final WebhookTarget target;
        private int attempts;
        private long dueNanos;
        private boolean inProgress;

        Delivery(Firing firing, WebhookTarget target, long dueNanos) {
            this.firing = firing;
            this.target = target;
            this.dueNanos = dueNanos;
        }
    }

    WebhookDeliveries(
            AlertsConfig config,
            WebhookSender sender,
            Reports reports,
            InstantSource clock,
            NanoClock nanoClock,
            Random random) {
        this.config = config;
        this.sender = sender;
        this.reports = reports;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.random = random;
        this.tasks = new TaskRunner("alert webhook", nanoClock);
    }

    /** Begins to deliver a firing; false if too many wait. */
    synchronized boolean add(Firing firing, WebhookTarget target) {
        if (waiting.size() >= MAX_WAITING) {
            return false;
        }
        waiting.put(firing.key(), new Delivery(firing, target, nanoClock.nanos()));
        wake();
        return true;
    }

    /** Ends the deliveries of an alert. */
    synchronized void cancel(String alert) {
        waiting.values().removeIf(delivery -> delivery.firing.alert().equals(alert));
    }

    private void wake() {
        BackgroundLoop existing = loop;
        if (existing != null) {
            existing.wake();
        } else if (!closed) {
            loop = new BackgroundLoop("alert webhooks", BackgroundLoop.Kind.VIRTUAL, nanoClock, this::round).start();
        }
    }

    /** Starts what is due; returns the pause until the next is. */
    private synchronized Duration round() {
        if (waiting.isEmpty()) {
            loop = null;
            return BackgroundLoop.END;
        }
        long now = nanoClock.nanos();
        long next = IDLE.toNanos();
        List<Delivery> due = new ArrayList<>();
        for (Delivery delivery : waiting.values()) {
            if (!delivery.inProgress) {
                long wait = delivery.dueNanos - now;
                if (wait > 0) {
                    next = Math.min(next, wait);
                } else if (running + due.size() < AT_ONCE) {
                    due.add(delivery);
                }
            }
        }
        due.forEach(this::start);
        return Duration.ofNanos(next);
    }

    private void start(Delivery delivery) {
        delivery.inProgress = true;
        delivery.attempts++;
        running++;
        tasks.start(
                UnaryOperator.identity(),
                () -> sender.send(delivery.target, delivery.firing),
                result -> ended(delivery, result));
    }

    private void ended(Delivery delivery, TaskResult<WebhookResult> result) {
        WebhookResult sent = result instanceof TaskResult.Completed<WebhookResult>(WebhookResult value)
                ? value
                : new WebhookResult.Unreachable("internal error; the log has the details");
        Firing firing = delivery.firing;
        Duration age = Duration.between(firing.at(), clock.instant());
        DeliveryPolicy.Next next = DeliveryPolicy.decide(config, sent, delivery.attempts, age, random);
        synchronized (this) {
            running--;
            delivery.inProgress = false;
            boolean cancelled = !waiting.containsKey(firing.key());
            if (next instanceof DeliveryPolicy.Next.RetryIn(var pause, var _)) {
                delivery.dueNanos = nanoClock.nanos() + pause.toNanos();
            } else {
                waiting.remove(firing.key());
            }
            wake();
            if (cancelled || closed) {
                return;
            }
        }
        switch (next) {
            case DeliveryPolicy.Next.Delivered(var detail) -> reports.ended(firing, true, delivery.attempts, detail);
            case DeliveryPolicy.Next.GiveUp(var detail) -> reports.ended(firing, false, delivery.attempts, detail);
            case DeliveryPolicy.Next.RetryIn(var pause, var detail) ->
                reports.failed(
                        firing,
                        delivery.attempts,
                        detail + "; next attempt in " + Math.max(1, pause.toSeconds()) + " s");
        }
    }

    synchronized int count() {
        return waiting.size();
    }

    /** Starts no further attempt; what is not delivered stays in the journal. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        BackgroundLoop existing = loop;
        if (existing != null) {
            existing.stop();
        }
    }
}
