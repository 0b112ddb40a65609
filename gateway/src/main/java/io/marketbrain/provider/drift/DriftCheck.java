package io.marketbrain.provider.drift;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The check of one response. Not thread-safe. */
public final class DriftCheck implements PayloadCheck {
    /** Accepts everything. */
    static final DriftCheck NONE = new DriftCheck(null);

    private final @Nullable EndpointGuard endpoint;
    private List<String> differences = List.of();
    /** The document, if the endpoint learns from it once it is accepted. */
    private @Nullable JsonValue document;

    DriftCheck(@Nullable EndpointGuard endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void document(JsonValue json) throws MalformedPayload {
        if (endpoint != null) {
            refuse(endpoint.compare(json));
            document = endpoint.wantsAccepted() ? json : null;
        }
    }

    @Override
    public void item(String member, JsonValue item) throws MalformedPayload {
        if (endpoint != null) {
            refuse(endpoint.compareItem(member, item));
        }
    }

    private void refuse(List<String> found) throws MalformedPayload {
        if (!found.isEmpty()) {
            differences = found;
            throw new MalformedPayload(found.getFirst());
        }
    }

    /** Tells the endpoint that the response was good, before its body is released. */
    public void accepted() {
        if (endpoint != null && document != null) {
            endpoint.accepted(document);
            document = null;
        }
    }

    /** The failure of a response without a documented value, which is kept for the operator; empty if nothing is kept. */
    public Optional<Failure> changed(ChangedPayload payload, byte[] body, Instant receivedAt) {
        return endpoint == null
                ? Optional.empty()
                : Optional.of(endpoint.refused(
                        differences.isEmpty() ? List.of(String.valueOf(payload.getMessage())) : differences,
                        body,
                        receivedAt));
    }

    /** The failure of a response whose shape was refused, which is kept for the operator; empty if it was not. */
    public Optional<Failure> findDrift(byte[] body, Instant receivedAt) {
        return endpoint == null || differences.isEmpty()
                ? Optional.empty()
                : Optional.of(endpoint.refused(differences, body, receivedAt));
    }
}
