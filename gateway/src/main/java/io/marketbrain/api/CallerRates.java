package io.marketbrain.api;

import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many requests each caller with a key may make: so many in a minute, which begins with its first one. Told in the
 * headers {@code RateLimit-Policy} and {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers). Thread-safe.
 */
final class CallerRates {
    private static final String POLICY = "caller";
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final int limit;
    private final Ticker ticker;
    private final ConcurrentMap<String, Window> windows = new ConcurrentHashMap<>();

    /** @param limit requests in a minute; 0 for as many as it likes */
    CallerRates(int limit, Ticker ticker) {
        this.limit = limit;
        this.ticker = ticker;
    }

    /** Counts a request; empty where nobody counts. */
    Optional<Use> count(Caller caller) {
        return limit == 0 || caller.anonymous()
                ? Optional.empty()
                : Optional.of(windows.computeIfAbsent(caller.name(), _ -> new Window())
                        .use(ticker.nanos()));
    }

    /**
     * One request among those of its minute.
     *
     * @param left how many more may follow in this minute; −1 where this one is too many
     * @param resets how long the minute still goes on
     */
    record Use(int limit, int left, Duration resets) {

        Optional<Failure> findRefusal() {
            return left >= 0
                    ? Optional.empty()
                    : Optional.of(new Failure.RateLimited(
                            POLICY, "this key may make " + limit + " requests a minute", resets));
        }

        void tell(Reply reply) {
            reply.with("RateLimit-Policy", "\"" + POLICY + "\";q=" + limit + ";w=60");
            reply.with("RateLimit", "\"" + POLICY + "\";r=" + Math.max(0, left) + ";t=" + seconds());
        }

        private long seconds() {
            return resets.plusNanos(999_999_999).toSeconds();
        }
    }

    private final class Window {
        private long start;
        private int used;

        synchronized Use use(long now) {
            if (used == 0 || now - start >= MINUTE) {
                start = now;
                used = 0;
            }
            used = Math.min(used + 1, limit + 1);
            return new Use(limit, limit - used, Duration.ofNanos(start + MINUTE - now));
        }
    }
}
