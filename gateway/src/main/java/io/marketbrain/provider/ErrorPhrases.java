package io.marketbrain.provider;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Failure.ProviderError;
import io.marketbrain.model.ProviderId;
import io.marketbrain.security.KnownSecrets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a short body means that is not the data it should be, and that no rule of its provider knows as an error: many providers
 * report errors with status 200 and words. Pure.
 */
final class ErrorPhrases {
    /** A longer body is a document that has changed, whose words are about something else. */
    private static final int MAX_BODY = 2 << 10;

    private static final List<String> THROTTLED = List.of(
            "too many requests",
            "rate limit",
            "ratelimit",
            "requests per",
            "request limit",
            "limit exceeded",
            "limit reached",
            "quota exceeded",
            "slow down");

    private static final List<String> REJECTED = List.of(
            "invalid api key",
            "invalid apikey",
            "invalid api token",
            "invalid access key",
            "api key is invalid",
            "missing api key",
            "unauthorized");

    private static final List<String> FAULTY = List.of(
            "maintenance", "temporarily unavailable", "service unavailable", "internal error", "internal server");

    private ErrorPhrases() {}

    /** The failure that the words of an unreadable body name; empty if they name none. */
    static Optional<Failure> find(ProviderId provider, RawPayload raw) {
        if (raw.body().length > MAX_BODY) {
            return Optional.empty();
        }
        String words = ErrorBodyReader.find(raw, new KnownSecrets(List.of()))
                .map(ProviderError::message)
                .orElse("")
                .toLowerCase(Locale.ROOT);
        if (hasOne(words, THROTTLED)) {
            return Optional.of(new Failure.Throttled(
                    provider, provider + " is rate limiting this gateway", RequestedWait.retryAfter(raw)));
        }
        if (hasOne(words, REJECTED)) {
            return Optional.of(new Failure.CredentialsRejected(provider, provider + " rejected the credentials"));
        }
        return hasOne(words, FAULTY)
                ? Optional.of(new Failure.Faulty(provider, provider + " reported an error"))
                : Optional.empty();
    }

    private static boolean hasOne(String words, List<String> phrases) {
        return phrases.stream().anyMatch(words::contains);
    }
}
