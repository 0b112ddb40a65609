package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.Failure;
import java.time.Duration;

/** Decides how long a failure is cached, so that a failing provider is not called again at once. Pure. */
public final class NegativeCachePolicy {
    private final CacheConfig.Refusals config;

    public NegativeCachePolicy(CacheConfig.Refusals config) {
        this.config = config;
    }

    /**
     * How long {@code failure} is cached; zero if it says nothing about the next request.
     *
     * @param attempts how many attempts failed in a row, including this one
     */
    public Duration ttl(Failure failure, int attempts) {
        return switch (failure) {
            case Failure.UnknownInstrument _ -> config.unknownInstrument();
            case Failure.Throttled throttled ->
                throttled.retryAfter() == null
                        ? backOff(attempts)
                        : least(throttled.retryAfter(), config.throttledMax());
            case Failure.Faulty faulty
            when faulty.retryAfter() != null -> least(faulty.retryAfter(), config.throttledMax());
            case Failure.CircuitOpen open -> least(open.retryAfter(), config.throttledMax());
            case Failure.Upstream _ -> backOff(attempts);
            case Failure.NoProviderAnswered all -> ttl(all.last(), attempts);
            case Failure.CallerFault _, Failure.Refused _, Failure.Bug _ -> Duration.ZERO;
        };
    }

    private Duration backOff(int attempts) {
        Duration wait = config.upstreamMin().multipliedBy(1L << Math.min(Math.max(attempts, 1) - 1, 20));
        return least(wait, config.upstreamMax());
    }

    /** The failure as it is cached: without the data that was refused. */
    public static Failure kept(Failure failure) {
        return switch (failure) {
            case Failure.Untrusted untrusted -> untrusted.withoutAnswer();
            case Failure.NoProviderAnswered(var attempts, var last) ->
                new Failure.NoProviderAnswered(attempts, kept(last));
            default -> failure;
        };
    }

    /** Whether a caller that accepts untrusted data may get an answer although this failure is cached. */
    public static boolean isUntrusted(Failure failure) {
        return failure instanceof Failure.Untrusted
                || (failure instanceof Failure.NoProviderAnswered all && isUntrusted(all.last()));
    }

    /** The failure to return while it remains cached for {@code left}. */
    public static Failure withRemaining(Failure failure, Duration left) {
        return switch (failure) {
            case Failure.Throttled throttled -> throttled.withRetryAfter(left);
            case Failure.Faulty faulty when faulty.retryAfter() != null -> faulty.withRetryAfter(left);
            case Failure.CircuitOpen(var provider, var message, var _) ->
                new Failure.CircuitOpen(provider, message, left);
            default -> failure;
        };
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
