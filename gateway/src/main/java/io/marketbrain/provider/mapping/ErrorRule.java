package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.HttpStatusFailures;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A response that means a failure.
 *
 * @param statuses the HTTP statuses that it has; empty for any
 * @param path the path of what must be in the body; null if the status alone decides
 * @param equal the texts of which it must be one; empty for any
 * @param contain the texts of which it must contain one; empty for any
 */
record ErrorRule(
        Set<Integer> statuses, @Nullable PayloadPath path, Set<String> equal, List<String> contain, Meaning meaning) {

    /** The failures that rules can name. */
    enum Meaning {
        UNKNOWN_INSTRUMENT,
        THROTTLED,
        CREDENTIALS_REJECTED,
        BLOCKED,
        UNSUPPORTED,
        FAULTY,
        TIMED_OUT
    }

    static ErrorRule read(DescriptorObject json) {
        Set<Integer> statuses = json.has("status")
                ? json.integers("status", 100, 599).stream().collect(Collectors.toUnmodifiableSet())
                : Set.of();
        PayloadPath path = json.has("path") ? PayloadPath.read(json, "path") : null;
        if (path == null && statuses.isEmpty()) {
            throw json.wrong("path", "or 'status' is missing");
        }
        var rule = new ErrorRule(
                statuses,
                path,
                json.has("equals") ? Set.copyOf(json.texts("equals")) : Set.of(),
                json.has("contains") ? json.texts("contains") : List.of(),
                json.choice("failure", Meaning.class));
        json.end();
        return rule;
    }

    /** @param body the body; null if it is not a document of the expected format */
    boolean fits(int status, @Nullable PayloadNode body) {
        if (!statuses.isEmpty() && !statuses.contains(status)) {
            return false;
        }
        if (path == null) {
            return true;
        }
        if (body == null) {
            return false;
        }
        try {
            Optional<PayloadNode> found = path.find(body, Map.of());
            if (found.isEmpty()) {
                return false;
            }
            if (equal.isEmpty() && contain.isEmpty()) {
                return true;
            }
            String text = found.get().text();
            return (equal.isEmpty() || equal.contains(text))
                    && (contain.isEmpty() || contain.stream().anyMatch(text::contains));
        } catch (MalformedPayload e) {
            // Not the documented error: the status decides, or the mapping reports what is wrong.
            return false;
        }
    }

    Failure failure(MarketQuery query, RawPayload raw) {
        ProviderId provider = query.provider();
        return switch (meaning) {
            case UNKNOWN_INSTRUMENT -> new Failure.UnknownInstrument(provider, query.subject());
            case THROTTLED ->
                new Failure.Throttled(
                        provider, provider + " is rate limiting this gateway", HttpStatusFailures.retryAfter(raw));
            case CREDENTIALS_REJECTED ->
                new Failure.CredentialsRejected(provider, provider + " rejected the credentials");
            case BLOCKED -> new Failure.Blocked(provider, provider + " refused the request");
            case UNSUPPORTED -> new Failure.Unsupported(provider, provider + " does not support this request");
            case FAULTY -> new Failure.Faulty(provider, provider + " reported an error");
            case TIMED_OUT -> new Failure.TimedOut(provider, provider + " reported an internal timeout");
        };
    }
}
