package io.marketbrain.api.access;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import io.marketbrain.model.NanoClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Limits the requests of each caller with a key, in windows of one minute that start with the caller's first request.
 * Reported in the headers {@code RateLimit-Policy} and {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers).
 * Thread-safe.
 */
public final class CallerRateLimits {
    private static final String POLICY = "caller";
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final int limit;
    private final NanoClock nanoClock;
    private final ConcurrentMap<String, Window> windows = new ConcurrentHashMap<>();

    /** @param limit requests per minute; 0 for no limit */
    CallerRateLimits(int limit, NanoClock nanoClock) {
        this.limit = limit;
        this.nanoClock = nanoClock;
    }

    /** Counts a request; empty if the caller is not rate-limited. */
    Optional<Use> count(Caller caller) {
        return limit == 0 || caller.anonymous()
                ? Optional.empty()
                : Optional.of(windows.computeIfAbsent(caller.name(), _ -> new Window())
                        .use(nanoClock.nanos()));
    }

    /**
     * The state of a caller's window after one request.
     *
     * @param left remaining requests in this window; −1 if this request exceeds the limit
     * @param resets time until the window ends
     */
    public record Use(int limit, int left, Duration resets) {

        public Optional<Failure> findRefusal() {
            return left >= 0
                    ? Optional.empty()
                    : Optional.of(new Failure.RateLimited(
                            POLICY, "this key is limited to " + limit + " requests per minute", resets));
        }

        public void addTo(Response reply) {
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
