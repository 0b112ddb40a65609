package io.marketbrain.provider.drift;

import io.marketbrain.concurrent.FailureLog;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.DriftReport.Payload;
import io.marketbrain.security.KnownSecrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The refused responses of one provider: of each kind of difference the latest, without secrets. Bounded in number and size.
 * Thread-safe.
 */
final class Quarantine {
    /** As many payloads are kept; the one that was not seen for longest goes first. */
    static final int MAX_PAYLOADS = 8;
    /** As much of a payload is kept. */
    static final int MAX_BYTES = 2048;
    /** So much more is searched for secrets, so that the end of what is kept does not cut one in two. */
    private static final int SECRET_MARGIN = 1024;

    private static final System.Logger LOG = System.getLogger(Quarantine.class.getName());

    private final ProviderId provider;
    private final KnownSecrets secrets;
    private final FailureLog log;
    private final SequencedMap<String, Payload> payloads = new LinkedHashMap<>();
    private long refused;

    Quarantine(ProviderId provider, KnownSecrets secrets, NanoClock nanoClock) {
        this.provider = provider;
        this.secrets = secrets;
        this.log = new FailureLog(LOG, provider + " changed its interface", nanoClock);
    }

    /** Keeps a response that was refused. */
    void add(Operation operation, List<String> differences, byte[] body, Instant receivedAt) {
        List<String> masked = differences.stream().map(secrets::redact).toList();
        var payload = new Payload(operation.wire(), receivedAt, receivedAt, 1, masked, body.length, start(body));
        if (put(operation.wire() + masked, payload)) {
            log.warn(provider + " changed its " + operation.wire() + " response: " + masked.getFirst()
                    + "; brain providers drift shows the response");
        }
    }

    /** Whether the difference is new. */
    private synchronized boolean put(String key, Payload payload) {
        refused++;
        Payload before = payloads.remove(key);
        payloads.putLast(
                key,
                before == null
                        ? payload
                        : new Payload(
                                payload.operation(),
                                before.first(),
                                payload.last(),
                                before.times() + 1,
                                payload.differences(),
                                payload.bytes(),
                                payload.start()));
        if (payloads.size() > MAX_PAYLOADS) {
            payloads.pollFirstEntry();
        }
        return before == null;
    }

    private String start(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, MAX_BYTES + SECRET_MARGIN), StandardCharsets.UTF_8);
        String masked = secrets.redact(text);
        return masked.length() > MAX_BYTES ? masked.substring(0, MAX_BYTES) : masked;
    }

    /** How many responses were refused since the start. */
    synchronized long refused() {
        return refused;
    }

    /** What is kept, the latest first. */
    synchronized List<Payload> payloads() {
        return new ArrayList<>(payloads.values()).reversed();
    }
}
