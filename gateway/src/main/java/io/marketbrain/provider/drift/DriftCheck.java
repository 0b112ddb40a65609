package io.marketbrain.provider.drift;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PlaceValue;
import io.marketbrain.model.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The check of one response. Not thread-safe. */
public final class DriftCheck implements PayloadCheck {
    /** Accepts everything. */
    static final DriftCheck NONE = new DriftCheck(null);

    private final @Nullable EndpointGuard endpoint;
    private List<String> differences = List.of();
    /** The places of the document, if the endpoint learns from what it accepts. */
    private @Nullable Supplier<List<PlaceValue>> places;

    private String form = "";

    DriftCheck(@Nullable EndpointGuard endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void document(JsonValue json) throws MalformedPayload {
        if (endpoint != null) {
            refuse(endpoint.compare(json));
        }
    }

    @Override
    public void places(Supplier<String> form, Supplier<List<PlaceValue>> places) throws MalformedPayload {
        if (endpoint != null && endpoint.learns()) {
            this.form = form.get();
            this.places = places;
            refuse(endpoint.moved(this.form, places));
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
        if (endpoint != null && places != null && endpoint.wantsAccepted(form)) {
            endpoint.accepted(form, places);
        }
        places = null;
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

    /**
     * The failure of a response that could not be read, because its shape was refused or a value is of another kind than ever
     * before. The response is kept for the operator; empty if it is malformed in another way.
     */
    public Optional<Failure> findDrift(byte[] body, Instant receivedAt) {
        if (endpoint == null) {
            return Optional.empty();
        }
        List<String> found = differences.isEmpty() && places != null ? endpoint.retyped(form, places) : differences;
        return found.isEmpty() ? Optional.empty() : Optional.of(endpoint.refused(found, body, receivedAt));
    }
}
