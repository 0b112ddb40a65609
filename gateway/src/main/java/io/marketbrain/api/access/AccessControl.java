package io.marketbrain.api.access;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import io.marketbrain.model.NanoClock;
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
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Access control. A gateway that only listens on this machine serves local callers without a key; any other requires a
 * key in {@code Authorization: Bearer} or {@code X-API-Key}. Requests that change the gateway require the admin scope.
 * The response to an unknown key is delayed, longer the more of them there were recently, to slow down guessing.
 * Thread-safe.
 */
public final class AccessControl {
    private static final System.Logger LOG = System.getLogger(AccessControl.class.getName());
    private static final Duration RESET_AFTER = Duration.ofMinutes(1);
    private static final int MAX_DELAYED = 16;

    /** The path of WebSockets. */
    private static final String WEBSOCKETS = "/ws";

    /** What precedes a key that a web page sends as a WebSocket protocol, since it can set no header. */
    public static final String KEY_PROTOCOL = "bearer.";

    private final Optional<KeyRing> keys;
    private final boolean keyless;
    private final AllowedHosts hosts;
    private final CorsPolicy crossOrigin;
    private final CallerRateLimits rates;
    private final KnownSecrets secrets;
    private final NanoClock nanoClock;
    private final RejectionCounters rejections = new RejectionCounters();
    private final LongAdder entered = new LongAdder();
    private final Semaphore delayed = new Semaphore(MAX_DELAYED);
    private final AtomicLong recentFailures = new AtomicLong();
    private final AtomicLong lastFailureNanos = new AtomicLong();

    /**
     * @param keyless whether callers on this machine need no key
     * @param secrets the values that no response may contain
     */
    public AccessControl(
            Optional<KeyRing> keys, boolean keyless, AccessConfig config, KnownSecrets secrets, NanoClock nanoClock) {
        this.keys = keys;
        this.keyless = keyless;
        this.hosts = new AllowedHosts(config.hosts());
        this.crossOrigin = new CorsPolicy(config.origins());
        this.rates = new CallerRateLimits(config.requestsPerMinute(), nanoClock);
        this.secrets = secrets;
        this.nanoClock = nanoClock;
    }

    public boolean keyless() {
        return keyless;
    }

    public CorsPolicy crossOrigin() {
        return crossOrigin;
    }

    public RejectionCounters rejections() {
        return rejections;
    }

    /** The values that no response may contain. */
    public KnownSecrets secrets() {
        return secrets;
    }

    /**
     * An authenticated or local caller.
     *
     * @param admin whether it may change the gateway and see the data of all callers
     */
    public record Principal(Caller caller, boolean admin) {
        static final Principal LOCAL = new Principal(Caller.LOCAL, true);
    }

    /** The counters of access control, as a layer. */
    public LayerReport report() {
        Map<String, Long> counters = new HashMap<>();
        rejections.each((reason, count) -> counters.put("turned_away_" + reason, count));
        long away = counters.values().stream().mapToLong(Long::longValue).sum();
        return new LayerReport("request", "caller", keyless ? "keyless" : "keys-needed", entered.sum(), away, counters);
    }

    /** Authenticates and authorizes a request of our own API, or rejects it. */
    public Principal admit(RawRequest request) throws RequestRejected {
        boolean changing = isChanging(request);
        boolean strict = changing || request.path().equals(WEBSOCKETS); // which browsers open to any site
        Principal principal = admit(request, isOpen(request.path()), strict);
        if (changing) {
            checkAdmin(principal, request);
        }
        return principal;
    }

    /**
     * Authenticates a request of a mounted API, or rejects it. No path of such an API is open, and none changes the gateway,
     * whatever the method.
     */
    public Principal admitMounted(RawRequest request) throws RequestRejected {
        boolean strict = isChanging(request) || request.findHeader("Upgrade").isPresent();
        return admit(request, false, strict);
    }

    private static boolean isChanging(RawRequest request) {
        return !request.method().equals("GET")
                && !request.method().equals("HEAD")
                && !request.method().equals("OPTIONS");
    }

    /** @param strict whether a web page of another origin may not send such a request at all */
    private Principal admit(RawRequest request, boolean open, boolean strict) throws RequestRejected {
        entered.increment();
        checkSameKey(request);
        Optional<String> presented = presented(request);
        if (presented.isEmpty()) {
            checkKeyless(request, open);
        }
        if (!open) {
            Optional<Failure> refusal = crossOrigin.findRefusal(request, strict);
            if (refusal.isPresent()) {
                rejections.count(RejectionCounters.Reason.OTHER_ORIGIN);
                throw new RequestRejected(refusal.get());
            }
        }
        return presented.isEmpty() ? Principal.LOCAL : principal(presented.get());
    }

    /**
     * Tells whether the key of a request that was admitted is still valid; a request without a key stays admitted. Keeps nothing else
     * of the request, because a stream may keep this for days.
     */
    public BooleanSupplier admission(Request request) {
        Optional<String> presented = presented(request.headers());
        return presented.isEmpty()
                ? () -> true
                : () -> keys.flatMap(ring -> ring.find(presented.get())).isPresent();
    }

    /** Whether a text that the request carries may be repeated to the caller and in the log: it has no key in it. */
    public boolean mayRepeat(RawRequest request, String text) {
        return !secrets.standIn(text)
                && request.findHeader("X-API-Key").filter(text::contains).isEmpty()
                && bearer(request).filter(text::contains).isEmpty();
    }

    /** Counts a request of a caller against its rate limit; empty if it has none. */
    public Optional<CallerRateLimits.Use> count(Caller caller) {
        Optional<CallerRateLimits.Use> use = rates.count(caller);
        if (use.isPresent() && use.get().left() < 0) {
            rejections.count(RejectionCounters.Reason.TOO_MANY);
        }
        return use;
    }

    private void checkKeyless(RawRequest request, boolean open) throws RequestRejected {
        if (!keyless) {
            if (!open) {
                rejections.count(RejectionCounters.Reason.NO_KEY);
                throw new RequestRejected(new Failure.Unauthenticated(
                        "an API key is required: send it as Authorization: Bearer KEY or as X-API-Key"));
            }
            return;
        }
        Optional<String> host = request.findHeader("Host");
        if (host.isPresent() && !hosts.contain(host.get())) {
            rejections.count(RejectionCounters.Reason.UNKNOWN_HOST);
            throw new RequestRejected(new Failure.UnknownHost("'" + EchoedText.of(host.get())
                    + "' is not a known name of this machine; access.hosts adds names"));
        }
    }

    private Principal principal(String presented) throws RequestRejected {
        Optional<ApiKey> key = keys.flatMap(ring -> ring.find(presented));
        if (key.isEmpty()) {
            throw new RequestRejected(wrongKey());
        }
        return new Principal(new Caller(key.get().name(), false), key.get().admin());
    }

    private void checkAdmin(Principal principal, RawRequest request) throws RequestRejected {
        LOG.log(
                System.Logger.Level.INFO,
                "audit: {0} {1} by {2}: {3}",
                request.method(),
                request.path(),
                principal.caller().name(),
                principal.admin() ? "allowed" : "forbidden");
        if (!principal.admin()) {
            rejections.count(RejectionCounters.Reason.NOT_ADMIN);
            throw new RequestRejected(new Failure.Forbidden("this request requires a key with the admin scope"));
        }
    }

    /** Rejects a request with two different keys, of which a proxy and the gateway could use different ones. */
    private static void checkSameKey(RawRequest request) throws RequestRejected {
        Optional<String> bearer = bearer(request);
        if (bearer.isPresent()
                && !request.findHeader("X-API-Key").map(bearer.get()::equals).orElse(true)) {
            throw RequestRejected.malformed("X-API-Key and Authorization contain different keys; send one of them");
        }
    }

    private static Optional<String> presented(RawRequest request) {
        return presented(request.headers());
    }

    private static Optional<String> presented(Function<String, Optional<String>> headers) {
        Optional<String> header = headers.apply("X-API-Key");
        return header.isPresent() ? header : bearer(headers);
    }

    private static Optional<String> bearer(RawRequest request) {
        return bearer(request.headers());
    }

    private static Optional<String> bearer(Function<String, Optional<String>> headers) {
        return headers.apply("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip())
                .or(() -> headers.apply("Sec-WebSocket-Protocol").flatMap(AccessControl::keyIn));
    }

    /** Whether a path needs no key wherever the gateway listens: pages and probes, but no metrics and, with keys, no data. */
    private static boolean isOpen(String path) {
        return !path.startsWith("/api/")
                && !path.equals("/metrics")
                && !path.equals("/health")
                && !path.equals(WEBSOCKETS);
    }

    private static Optional<String> keyIn(String protocols) {
        for (String protocol : protocols.split(",", -1)) {
            if (protocol.strip().startsWith(KEY_PROTOCOL)) {
                return Optional.of(protocol.strip().substring(KEY_PROTOCOL.length()));
            }
        }
        return Optional.empty();
    }

    private Failure wrongKey() {
        rejections.count(RejectionCounters.Reason.WRONG_KEY);
        long now = nanoClock.nanos();
        if (now - lastFailureNanos.getAndSet(now) > RESET_AFTER.toNanos()) {
            recentFailures.set(0);
        }
        long wait = Math.min(2_000, 100L << Math.min(recentFailures.getAndIncrement(), 10));
        if (!delayed.tryAcquire()) {
            return new Failure.RateLimited(
                    "keys", "too many requests with an unknown API key", Duration.ofMillis(wait));
        }
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            delayed.release();
        }
        return new Failure.Unauthenticated("unknown API key");
    }
}
