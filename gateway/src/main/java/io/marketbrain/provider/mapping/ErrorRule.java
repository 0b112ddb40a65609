package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.HttpStatusFailures;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.response.PayloadPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
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
 * @param except the texts that are no error
 * @param contain the texts of which it must contain one, all in lower case; empty for any
 * @param said the texts of which the body, whatever its format, must contain one, without white space, which does not count;
 *     empty for any
 * @param without the texts of which the body contains none, all without white space
 */
record ErrorRule(
        Set<Integer> statuses,
        @Nullable PayloadPath path,
        Set<String> equal,
        Set<String> except,
        List<String> contain,
        List<String> said,
        List<String> without,
        Meaning meaning) {

    /** The failures that rules can name. */
    enum Meaning {
        UNKNOWN_INSTRUMENT,
        THROTTLED,
        CREDENTIALS_REJECTED,
        BLOCKED,
        UNSUPPORTED,
        FAULTY,
        TIMED_OUT;

        Failure failure(MarketQuery query, RawPayload raw) {
            ProviderId provider = query.provider();
            return switch (this) {
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

    static ErrorRule read(DescriptorObject json) {
        Set<Integer> statuses = json.has("status")
                ? json.integers("status", 100, 599).stream().collect(Collectors.toUnmodifiableSet())
                : Set.of();
        PayloadPath path = json.has("path") ? PayloadPath.read(json, "path") : null;
        List<String> said = compactTexts(json, "body");
        if (path == null && statuses.isEmpty() && said.isEmpty()) {
            throw json.wrong("path", "or 'status' or 'body' is missing");
        }
        var rule = new ErrorRule(
                statuses,
                path,
                json.has("equals") ? Set.copyOf(json.texts("equals")) : Set.of(),
                json.has("except") ? Set.copyOf(json.texts("except")) : Set.of(),
                json.has("contains")
                        ? json.texts("contains").stream().map(ErrorRule::lower).toList()
                        : List.of(),
                said,
                compactTexts(json, "without"),
                json.choice("failure", Meaning.class));
        json.end();
        return rule;
    }

    private static List<String> compactTexts(DescriptorObject json, String name) {
        return json.has(name)
                ? json.texts(name).stream().map(ResponseForm::compact).toList()
                : List.of();
    }

    /** @param body the body; null if it is not a document of the expected format */
    boolean fits(RawPayload raw, @Nullable PayloadNode body) {
        return (statuses.isEmpty() || statuses.contains(raw.status()))
                && ((said.isEmpty() && without.isEmpty()) || says(raw))
                && (path == null || (body != null && fits(body, path)));
    }

    private boolean says(RawPayload raw) {
        if (raw.status() < 300 && raw.body().length > MappedAdapter.LONGEST_ERROR) {
            return false;
        }
        String text = ResponseForm.compact(new String(raw.body(), StandardCharsets.UTF_8));
        return (said.isEmpty() || said.stream().anyMatch(text::contains))
                && without.stream().noneMatch(text::contains);
    }

    private boolean fits(PayloadNode body, PayloadPath path) {
        try {
            Optional<PayloadNode> found = path.find(body, Map.of());
            if (found.isEmpty()) {
                return false;
            }
            if (equal.isEmpty() && except.isEmpty() && contain.isEmpty()) {
                return true;
            }
            String text = found.get().word();
            return (equal.isEmpty() || equal.contains(text))
                    && !except.contains(text)
                    && (contain.isEmpty() || contain.stream().anyMatch(lower(text)::contains));
        } catch (MalformedPayload e) {
            // Not the documented error: the status decides, or the mapping reports what is wrong.
            return false;
        }
    }

    /** Providers write the same words in several cases. */
    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    Failure failure(MarketQuery query, RawPayload raw) {
        return meaning.failure(query, raw);
    }
}
