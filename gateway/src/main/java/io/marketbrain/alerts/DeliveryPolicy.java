package io.marketbrain.alerts;

import java.time.Duration;
import java.util.Random;

/** Decides what follows an attempt to deliver a webhook. Pure. */
final class DeliveryPolicy {
    /** The longest pause that the gateway chooses itself. */
    static final Duration MAX_PAUSE = Duration.ofMinutes(30);

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private DeliveryPolicy() {}

    /** What to do next. */
    sealed interface Next {
        record Delivered(String detail) implements Next {}

        record RetryIn(Duration pause, String detail) implements Next {}

        record GiveUp(String detail) implements Next {}
    }

    /**
     * 2xx is delivered. A redirect, a refused target and 4xx other than 408 and 429 are final. Everything else is tried again, after
     * a pause that doubles each time, of which up to half is random, and not before the receiver's {@code Retry-After}.
     *
     * @param attempts how often it has been tried, this attempt included
     * @param age how long ago the alert fired
     */
    static Next decide(AlertsConfig config, WebhookResult result, int attempts, Duration age, Random random) {
        return switch (result) {
            case WebhookResult.Refused(var reason) -> new Next.GiveUp(reason);
            case WebhookResult.Unreachable(var reason) -> retry(config, reason, attempts, age, Duration.ZERO, random);
            case WebhookResult.Answered(var status, var retryAfter) -> {
                String detail = "HTTP " + status;
                if (status >= 200 && status < 300) {
                    yield new Next.Delivered(detail);
                }
                boolean passing = status >= 500 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
                yield passing
                        ? retry(config, detail, attempts, age, retryAfter == null ? Duration.ZERO : retryAfter, random)
                        : new Next.GiveUp(
                                detail + (status >= 300 && status < 400 ? ", redirects are not followed" : ""));
            }
        };
    }

    private static Next retry(
            AlertsConfig config, String detail, int attempts, Duration age, Duration atLeast, Random random) {
        if (attempts >= config.maxAttempts()) {
            return new Next.GiveUp(detail + ", tried " + attempts + " times");
        }
        Duration own = pause(config.retryFirst(), attempts, random);
        Duration pause = own.compareTo(atLeast) >= 0 ? own : atLeast;
        return age.plus(pause).compareTo(config.maxAge()) > 0
                ? new Next.GiveUp(detail + ", too old to be tried again")
                : new Next.RetryIn(pause, detail);
    }

    private static Duration pause(Duration first, int attempts, Random random) {
        Duration whole = first.multipliedBy(1L << Math.min(attempts - 1, 20));
        Duration bounded = whole.compareTo(MAX_PAUSE) < 0 ? whole : MAX_PAUSE;
        long half = Math.max(1, bounded.toNanos() / 2);
        return Duration.ofNanos(half + random.nextLong(half + 1));
    }
}
