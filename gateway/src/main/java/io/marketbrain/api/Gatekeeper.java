package io.marketbrain.api;

import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.LayerReport;
import io.marketbrain.security.AccessConfig;
import io.marketbrain.security.ApiKey;
import io.marketbrain.security.KeyRing;
import io.marketbrain.security.KnownSecrets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

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
    private final HostNames hosts;
    private final CrossOrigin crossOrigin;
    private final CallerRates rates;
    private final KnownSecrets secrets;
    private final Ticker ticker;
    private final Turned turned = new Turned();
    private final LongAdder entered = new LongAdder();
    private final Semaphore held = new Semaphore(MOST_HELD);
    private final AtomicLong lately = new AtomicLong();
    private final AtomicLong lastNanos = new AtomicLong();

    /**
     * @param keyless whether callers without a key are people on this machine
     * @param secrets what no answer may repeat, whoever sent it
     */
    public Gatekeeper(
            Optional<KeyRing> keys, boolean keyless, AccessConfig config, KnownSecrets secrets, Ticker ticker) {
        this.keys = keys;
        this.keyless = keyless;
        this.hosts = new HostNames(config.hosts());
        this.crossOrigin = new CrossOrigin(config.origins());
        this.rates = new CallerRates(config.requestsPerMinute(), ticker);
        this.secrets = secrets;
        this.ticker = ticker;
    }

    boolean keyless() {
        return keyless;
    }

    CrossOrigin crossOrigin() {
        return crossOrigin;
    }

    Turned turned() {
        return turned;
    }

    /** What no answer may repeat. */
    KnownSecrets secrets() {
        return secrets;
    }

    /**
     * Somebody who came in.
     *
     * @param admin whether it may change the gateway and see what is every caller's
     */
    record Guest(Caller caller, boolean admin) {
        static final Guest LOCAL = new Guest(Caller.LOCAL, true);
    }

    /** What the door says of itself, as a layer. */
    LayerReport report() {
        Map<String, Long> counters = new HashMap<>();
        turned.each((reason, count) -> counters.put("turned_away_" + reason, count));
        long away = counters.values().stream().mapToLong(Long::longValue).sum();
        return new LayerReport("request", "caller", keyless ? "keyless" : "keys-needed", entered.sum(), away, counters);
    }

    /** Who makes a request that may go on. */
    Guest admit(Incoming request) throws Rejected {
        entered.increment();
        boolean changing = !request.method().equals("GET")
                && !request.method().equals("HEAD")
                && !request.method().equals("OPTIONS");
        boolean open = isOpen(request.path());
        Optional<String> presented = presented(request);
        if (presented.isEmpty()) {
            checkKeyless(request, open);
        }
        if (!open) {
            Optional<Failure> refusal = crossOrigin.findRefusal(request, changing);
            if (refusal.isPresent()) {
                turned.count(Turned.Away.OTHER_ORIGIN);
                throw new Rejected(refusal.get());
            }
        }
        Guest guest = presented.isEmpty() ? Guest.LOCAL : guest(presented.get());
        if (changing) {
            checkAdmin(guest, request);
        }
        return guest;
    }

    /** Whether a text that the request carries may be repeated to the caller and in the log: it has no key in it. */
    boolean mayRepeat(Incoming request, String text) {
        return !secrets.standIn(text)
                && presented(request).filter(text::contains).isEmpty();
    }

    /** Counts a request of a caller; empty where nobody counts. */
    Optional<CallerRates.Use> count(Caller caller) {
        Optional<CallerRates.Use> use = rates.count(caller);
        if (use.isPresent() && use.get().left() < 0) {
            turned.count(Turned.Away.TOO_MANY);
        }
        return use;
    }

    private void checkKeyless(Incoming request, boolean open) throws Rejected {
        if (!keyless) {
            if (!open) {
                turned.count(Turned.Away.NO_KEY);
                throw new Rejected(new Failure.Unauthenticated(
                        "a key is needed here: send it as Authorization: Bearer KEY or as X-API-Key"));
            }
            return;
        }
        Optional<String> host = request.findHeader("Host");
        if (host.isPresent() && !hosts.contain(host.get())) {
            turned.count(Turned.Away.UNKNOWN_HOST);
            throw new Rejected(new Failure.UnknownHost(
                    "'" + EchoedText.of(host.get()) + "' is not a name of this machine; access.hosts adds one"));
        }
    }

    private Guest guest(String presented) throws Rejected {
        Optional<ApiKey> key = keys.flatMap(ring -> ring.find(presented));
        if (key.isEmpty()) {
            throw new Rejected(wrongKey());
        }
        return new Guest(new Caller(key.get().name(), false), key.get().admin());
    }

    private void checkAdmin(Guest guest, Incoming request) throws Rejected {
        LOG.log(
                System.Logger.Level.INFO,
                "audit: {0} {1} by {2}: {3}",
                request.method(),
                request.path(),
                guest.caller().name(),
                guest.admin() ? "allowed" : "forbidden");
        if (!guest.admin()) {
            turned.count(Turned.Away.NOT_ADMIN);
            throw new Rejected(new Failure.Forbidden("this takes a key with the admin scope"));
        }
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
        turned.count(Turned.Away.WRONG_KEY);
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
