package io.marketbrain.api;

import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Ticker;
import io.marketbrain.security.ApiKey;
import io.marketbrain.security.KeyRing;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who comes in: everybody from this machine where the gateway only listens there, else only callers with a key, in
 * {@code Authorization: Bearer} or {@code X-API-Key}. What changes the gateway takes the admin scope. A wrong key is
 * answered slowly, the more so the more there were lately, and counted. Thread-safe.
 */
public final class Gatekeeper {
    private static final System.Logger LOG = System.getLogger(Gatekeeper.class.getName());
    private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(1);
    private static final int MOST_HELD = 16;

    private final Optional<KeyRing> keys;
    private final boolean keyless;
    private final Ticker ticker;
    private final Semaphore held = new Semaphore(MOST_HELD);
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong lately = new AtomicLong();
    private final AtomicLong lastNanos = new AtomicLong();

    /** @param keyless whether callers without a key are people on this machine */
    public Gatekeeper(Optional<KeyRing> keys, boolean keyless, Ticker ticker) {
        this.keys = keys;
        this.keyless = keyless;
        this.ticker = ticker;
    }

    /** How many wrong keys were presented. */
    public long failures() {
        return failures.get();
    }

    /** The caller of a request that may go on. */
    Caller admit(Incoming request) throws Rejected {
        Optional<String> presented = presented(request);
        boolean changing = !request.method().equals("GET")
                && !request.method().equals("HEAD")
                && !request.method().equals("OPTIONS");
        if (presented.isEmpty()) {
            if (keyless || isOpen(request.path())) {
                return Caller.LOCAL;
            }
            throw new Rejected(new Failure.Unauthenticated(
                    "a key is needed here: send it as Authorization: Bearer KEY or as X-API-Key"));
        }
        Optional<ApiKey> key = keys.flatMap(ring -> ring.find(presented.get()));
        if (key.isEmpty()) {
            throw new Rejected(wrongKey());
        }
        if (changing) {
            boolean allowed = key.get().admin();
            LOG.log(
                    System.Logger.Level.INFO,
                    "audit: {0} {1} by {2}: {3}",
                    request.method(),
                    request.path(),
                    key.get().name(),
                    allowed ? "allowed" : "forbidden");
            if (!allowed) {
                throw new Rejected(new Failure.Forbidden("this takes a key with the admin scope"));
            }
        }
        return new Caller(key.get().name(), false);
    }

    private static Optional<String> presented(Incoming request) {
        Optional<String> header = request.findHeader("X-API-Key");
        if (header.isPresent()) {
            return header;
        }
        return request.findHeader("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip());
    }

    /** What may be seen without a key wherever the gateway listens: pages and probes, no data and no figures. */
    private static boolean isOpen(String path) {
        return !path.startsWith("/api/") && !path.equals("/metrics") && !path.equals("/health");
    }

    private Failure wrongKey() {
        failures.incrementAndGet();
        long now = ticker.nanos();
        if (now - lastNanos.getAndSet(now) > FORGIVEN_AFTER.toNanos()) {
            lately.set(0);
        }
        long wait = Math.min(2_000, 100L << Math.min(lately.getAndIncrement(), 10));
        if (!held.tryAcquire()) {
            return new Failure.RateLimited("keys", "too many wrong keys at once", Duration.ofMillis(wait));
        }
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            held.release();
        }
        return new Failure.Unauthenticated("this key opens nothing here");
    }
}
