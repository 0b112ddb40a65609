package io.marketbrain.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request has no result. The kind of failure says who has to act: the caller, the operator (a limit of the
 * gateway), a provider, or a developer. {@link #message()} is a sentence for the caller, without secrets or stack
 * traces.
 */
public sealed interface Failure {

    /** A stable kebab-case name: the last part of the problem type. */
    String code();

    String message();

    /** What the provider itself said; null if it said nothing, or if the failure does not come from a response. */
    default @Nullable ProviderError said() {
        return null;
    }

    /** The failure with what the provider itself said; unchanged if it cannot come from a response. */
    static Failure withSaid(Failure failure, ProviderError said) {
        return switch (failure) {
            case UnknownInstrument(var provider, var symbol, var candidates, var past, var _) ->
                new UnknownInstrument(provider, symbol, candidates, past, said);
            case Unsupported(var provider, var message, var _) -> new Unsupported(provider, message, said);
            case TimedOut(var provider, var message, var _) -> new TimedOut(provider, message, said);
            case Throttled(var provider, var message, var retryAfter, var _) ->
                new Throttled(provider, message, retryAfter, said);
            case CredentialsRejected(var provider, var message, var _) ->
                new CredentialsRejected(provider, message, said);
            case Blocked(var provider, var message, var _) -> new Blocked(provider, message, said);
            case Faulty(var provider, var message, var retryAfter, var _) ->
                new Faulty(provider, message, retryAfter, said);
            case Malformed(var provider, var message, var _) -> new Malformed(provider, message, said);
            default -> failure;
        };
    }

    /**
     * What a provider itself says about a failure: its own code and words, as text that may be shown to callers (one line,
     * bounded, without credentials and addresses).
     *
     * @param code the provider's own code, such as {@code -1003}; null if it names none
     * @param message the provider's own words; null if it has none
     */
    record ProviderError(@Nullable String code, @Nullable String message) {}

    /** The caller can fix it by changing the request. */
    sealed interface CallerFault extends Failure {}

    /** A parameter is unknown, or its value missing, malformed or out of range. */
    record InvalidQuery(String field, String value, String allowed, String message) implements CallerFault {
        /** A failure with the usual message about an invalid value. */
        public InvalidQuery(String field, String value, String allowed) {
            this(field, value, allowed, field + " '" + value + "' is not valid: " + allowed);
        }

        @Override
        public String code() {
            return "invalid-query";
        }
    }

    /** The request needs an API key and has none, or an unknown one. */
    record Unauthenticated(String message) implements CallerFault {
        @Override
        public String code() {
            return "unauthenticated";
        }
    }

    /** The caller is known but not allowed to do this. */
    record Forbidden(String message) implements CallerFault {
        @Override
        public String code() {
            return "forbidden";
        }
    }

    /** The request's {@code Host} is not a name of this gateway. */
    record UnknownHost(String message) implements CallerFault {
        @Override
        public String code() {
            return "unknown-host";
        }
    }

    /** The gateway has no such provider. */
    record UnknownProvider(String provider, List<String> known) implements CallerFault {
        public UnknownProvider {
            known = List.copyOf(known);
        }

        @Override
        public String code() {
            return "unknown-provider";
        }

        @Override
        public String message() {
            return "unknown provider '" + provider + "'; known providers: " + String.join(", ", known);
        }
    }

    /**
     * The provider does not list the instrument.
     *
     * @param candidates what the caller may have meant
     * @param past what became of a ticker that was renamed or delisted, or what else the symbol is, as a part of a sentence; null if nothing is known
     */
    record UnknownInstrument(
            ProviderId provider,
            String symbol,
            List<String> candidates,
            @Nullable String past,
            @Nullable ProviderError said)
            implements CallerFault {
        public UnknownInstrument {
            candidates = List.copyOf(candidates);
        }

        public UnknownInstrument(ProviderId provider, String symbol, List<String> candidates) {
            this(provider, symbol, candidates, null, null);
        }

        public UnknownInstrument(ProviderId provider, String symbol) {
            this(provider, symbol, List.of());
        }

        @Override
        public String code() {
            return "unknown-instrument";
        }

        @Override
        public String message() {
            String meant = candidates.isEmpty() ? "" : "; did you mean " + candidates.getFirst() + "?";
            return provider + " has no instrument '" + symbol + "'" + (past == null ? "" : "; " + past) + meant;
        }
    }

    /** The symbol matches several instruments; the gateway does not guess. */
    record AmbiguousInstrument(String symbol, List<String> candidates) implements CallerFault {
        public AmbiguousInstrument {
            candidates = List.copyOf(candidates);
        }

        @Override
        public String code() {
            return "ambiguous-instrument";
        }

        @Override
        public String message() {
            return "symbol '" + symbol + "' is ambiguous; use one of: " + String.join(", ", candidates);
        }
    }

    /** The provider does not support the request. */
    record Unsupported(
            ProviderId provider, String message, @Nullable ProviderError said) implements CallerFault {
        public Unsupported(ProviderId provider, String message) {
            this(provider, message, null);
        }

        @Override
        public String code() {
            return "unsupported";
        }
    }

    /** The request accepts only cached data ({@code only-if-cached}), and none is cached that it accepts. */
    record NotCached(String message) implements CallerFault {
        @Override
        public String code() {
            return "not-cached";
        }
    }

    /** The gateway rejected the request to stay within a limit. */
    sealed interface Refused extends Failure {
        /** How long to wait before a retry; null where that is unknown. */
        @Nullable
        Duration retryAfter();
    }

    /** The cost of the call would exceed a budget. */
    record BudgetExhausted(String policy, String message, Duration retryAfter) implements Refused {
        @Override
        public String code() {
            return "budget-exhausted";
        }
    }

    /** The caller's request limit, or the gateway's share of a provider's rate limit, is used up for now. */
    record RateLimited(String policy, String message, Duration retryAfter) implements Refused {
        @Override
        public String code() {
            return "rate-limited";
        }
    }

    /** The gateway is overloaded and rejected this request early, so that it can serve the others. */
    record Shed(String message, Duration retryAfter) implements Refused {
        @Override
        public String code() {
            return "overloaded";
        }
    }

    /** The caller's deadline passed, or the client cancelled the request, before there was a result. */
    record DeadlinePassed(String message) implements Refused {
        @Override
        public String code() {
            return "deadline-passed";
        }

        @Override
        public @Nullable Duration retryAfter() {
            return null;
        }
    }

    /** A provider failed to return usable data. */
    sealed interface Upstream extends Failure {
        ProviderId provider();
    }

    /**
     * No connection, or it broke before the whole response had arrived.
     *
     * @param sent whether the request may have reached the provider, and may thus have been charged for
     * @param kept whether the connection had been kept open after an earlier response
     */
    record Unreachable(ProviderId provider, String message, boolean sent, boolean kept) implements Upstream {
        /** A failure of a new connection. */
        public Unreachable(ProviderId provider, String message, boolean sent) {
            this(provider, message, sent, false);
        }

        /** A request that may or may not have reached the provider. */
        public Unreachable(ProviderId provider, String message) {
            this(provider, message, true, false);
        }

        /** The same failure of a connection that had been kept open. */
        public Unreachable onKept() {
            return new Unreachable(provider, message, sent, true);
        }

        @Override
        public String code() {
            return "upstream-unreachable";
        }
    }

    /** The provider did not respond within the time limit of the attempt. */
    record TimedOut(
            ProviderId provider, String message, @Nullable ProviderError said) implements Upstream {
        public TimedOut(ProviderId provider, String message) {
            this(provider, message, null);
        }

        @Override
        public String code() {
            return "upstream-timeout";
        }
    }

    /**
     * The provider rejected the call because of its rate limit.
     *
     * @param retryAfter the delay that the provider requested; null if it named none
     */
    record Throttled(
            ProviderId provider,
            String message,
            @Nullable Duration retryAfter,
            @Nullable ProviderError said) implements Upstream {
        public Throttled(ProviderId provider, String message, @Nullable Duration retryAfter) {
            this(provider, message, retryAfter, null);
        }

        /** The same failure with another delay. */
        public Throttled withRetryAfter(Duration delay) {
            return new Throttled(provider, message, delay, said);
        }

        @Override
        public String code() {
            return "upstream-throttled";
        }
    }

    /** The provider does not accept the configured credentials. */
    record CredentialsRejected(
            ProviderId provider, String message, @Nullable ProviderError said) implements Upstream {
        public CredentialsRejected(ProviderId provider, String message) {
            this(provider, message, null);
        }

        @Override
        public String code() {
            return "upstream-credentials-rejected";
        }
    }

    /** The provider does not serve this machine, because of a legal or geographic block. */
    record Blocked(
            ProviderId provider, String message, @Nullable ProviderError said) implements Upstream {
        public Blocked(ProviderId provider, String message) {
            this(provider, message, null);
        }

        @Override
        public String code() {
            return "upstream-blocked";
        }
    }

    /**
     * The provider responded with an error (5xx, or an error body).
     *
     * @param retryAfter the delay that the provider requested, as during planned maintenance; null if it named none
     */
    record Faulty(
            ProviderId provider,
            String message,
            @Nullable Duration retryAfter,
            @Nullable ProviderError said) implements Upstream {
        /** An error without a requested delay. */
        public Faulty(ProviderId provider, String message) {
            this(provider, message, null, null);
        }

        /** The same failure with another delay. */
        public Faulty withRetryAfter(@Nullable Duration delay) {
            return new Faulty(provider, message, delay, said);
        }

        @Override
        public String code() {
            return "upstream-faulty";
        }
    }

    /** The response is not what the provider documents: truncated, not JSON, a wrong type, too large. */
    record Malformed(
            ProviderId provider, String message, @Nullable ProviderError said) implements Upstream {
        public Malformed(ProviderId provider, String message) {
            this(provider, message, null);
        }

        @Override
        public String code() {
            return "upstream-malformed";
        }
    }

    /**
     * The response is valid JSON, but not of the shape that the provider is known to send: a field that the gateway reads is
     * missing, moved, renamed or of another type.
     */
    record SchemaDrift(ProviderId provider, String message) implements Upstream {
        @Override
        public String code() {
            return "schema-drift";
        }
    }

    /**
     * The response has the documented form, but its values cannot be right.
     *
     * @param answer the data with the flags that say why, for callers that accept untrusted data; null where it is not
     *     kept
     */
    record Untrusted(
            ProviderId provider, String message, @Nullable QueryResult answer) implements Upstream {
        @Override
        public String code() {
            return "upstream-untrusted";
        }

        /** The same failure, whose data names the attempts that were made. */
        public Untrusted withAttempts(List<Attempt> attempts) {
            return answer == null
                    ? this
                    : new Untrusted(
                            provider, message, answer.with(answer.provenance().withAttempts(attempts)));
        }

        /** The same failure without the data. */
        public Untrusted withoutAnswer() {
            return new Untrusted(provider, message, null);
        }

        @Override
        public String toString() {
            return "Untrusted[provider=" + provider + ", message=" + message + "]";
        }
    }

    /** The provider failed so often that the circuit breaker blocks calls to it for a while. */
    record CircuitOpen(ProviderId provider, String message, Duration retryAfter) implements Upstream {
        @Override
        public String code() {
            return "circuit-open";
        }
    }

    /** Every provider that could answer was tried, in this order. */
    record NoProviderAnswered(List<Attempt> attempts, Failure last) implements Failure {
        public NoProviderAnswered {
            attempts = List.copyOf(attempts);
        }

        @Override
        public String code() {
            return "no-provider-answered";
        }

        @Override
        public String message() {
            return "no provider returned data; last failure: " + last.message();
        }
    }

    /** A bug in the gateway; the log has the cause under the call id. */
    record Bug(CallId callId) implements Failure {
        @Override
        public String code() {
            return "internal";
        }

        @Override
        public String message() {
            return "internal error in the gateway; its log has the details under call id " + callId;
        }
    }
}
