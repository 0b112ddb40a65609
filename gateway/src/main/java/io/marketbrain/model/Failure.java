package io.marketbrain.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a question has no answer. Each kind says whose move it is: the caller's, the gateway's own limits', a
 * provider's, or a programmer's. {@link #message()} is a sentence for the caller: no secrets, no stack traces.
 */
public sealed interface Failure {

    /** A stable kebab-case name: the last part of the problem type. */
    String code();

    String message();

    /** The caller can mend it by asking differently. */
    sealed interface CallerFault extends Failure {}

    /** A value is missing, malformed or out of range. */
    record InvalidQuery(String field, String value, String allowed) implements CallerFault {
        @Override
        public String code() {
            return "invalid-query";
        }

        @Override
        public String message() {
            return field + " '" + value + "' is not valid: " + allowed;
        }
    }

    /** The caller must say who it is, and did not, or not convincingly. */
    record Unauthenticated(String message) implements CallerFault {
        @Override
        public String code() {
            return "unauthenticated";
        }
    }

    /** The caller is known and may not do this. */
    record Forbidden(String message) implements CallerFault {
        @Override
        public String code() {
            return "forbidden";
        }
    }

    /** The request was meant for a machine of another name. */
    record UnknownHost(String message) implements CallerFault {
        @Override
        public String code() {
            return "unknown-host";
        }
    }

    /** No such provider here. */
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
            return "there is no provider '" + provider + "'; there are: " + String.join(", ", known);
        }
    }

    /** The provider does not list such an instrument. */
    record UnknownInstrument(ProviderId provider, String symbol) implements CallerFault {
        @Override
        public String code() {
            return "unknown-instrument";
        }

        @Override
        public String message() {
            return provider + " has no instrument '" + symbol + "'";
        }
    }

    /** The text could mean several instruments; the gateway does not guess. */
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
            return "'" + symbol + "' could be any of: " + String.join(", ", candidates);
        }
    }

    /** The provider cannot do what is asked. */
    record Unsupported(ProviderId provider, String message) implements CallerFault {
        @Override
        public String code() {
            return "unsupported";
        }
    }

    /** The gateway itself declines, to keep a limit. */
    sealed interface Refused extends Failure {
        /** When asking again makes sense; null where nobody can tell. */
        @Nullable
        Duration retryAfter();
    }

    /** Paying for the call would exceed a budget. */
    record BudgetExhausted(String policy, String message, Duration retryAfter) implements Refused {
        @Override
        public String code() {
            return "budget-exhausted";
        }
    }

    /** The caller, or the gateway's own share of a provider's quota, is used up for now. */
    record RateLimited(String policy, String message, Duration retryAfter) implements Refused {
        @Override
        public String code() {
            return "rate-limited";
        }
    }

    /** Too much work at once; this request was turned away early so that others are served well. */
    record Shed(String message, Duration retryAfter) implements Refused {
        @Override
        public String code() {
            return "overloaded";
        }
    }

    /** The caller's time was up before there was an answer. */
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

    /** A provider did not deliver. */
    sealed interface Upstream extends Failure {
        ProviderId provider();
    }

    /**
     * No connection, or it broke before a whole answer was there.
     *
     * @param sent whether the request may have reached the provider, and may thus have been charged for
     */
    record Unreachable(ProviderId provider, String message, boolean sent) implements Upstream {
        /** A request of which nobody can tell whether it arrived. */
        public Unreachable(ProviderId provider, String message) {
            this(provider, message, true);
        }

        @Override
        public String code() {
            return "upstream-unreachable";
        }
    }

    /** The provider took longer than it was given. */
    record TimedOut(ProviderId provider, String message) implements Upstream {
        @Override
        public String code() {
            return "upstream-timeout";
        }
    }

    /**
     * The provider asks for fewer calls.
     *
     * @param retryAfter what the provider named; null where it named nothing
     */
    record Throttled(
            ProviderId provider, String message, @Nullable Duration retryAfter) implements Upstream {
        @Override
        public String code() {
            return "upstream-throttled";
        }
    }

    /** The provider does not accept the configured credentials. */
    record CredentialsRejected(ProviderId provider, String message) implements Upstream {
        @Override
        public String code() {
            return "upstream-credentials-rejected";
        }
    }

    /** The provider does not serve this machine: a legal or geographic block. */
    record Blocked(ProviderId provider, String message) implements Upstream {
        @Override
        public String code() {
            return "upstream-blocked";
        }
    }

    /** The provider answered with a fault of its own (5xx, or an error body). */
    record Faulty(ProviderId provider, String message) implements Upstream {
        @Override
        public String code() {
            return "upstream-faulty";
        }
    }

    /** What arrived is not what the provider documents: cut short, not JSON, a wrong type, too large. */
    record Malformed(ProviderId provider, String message) implements Upstream {
        @Override
        public String code() {
            return "upstream-malformed";
        }
    }

    /** The provider failed so often that it is left alone for a while. */
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
            return "no provider answered; the last said: " + last.message();
        }
    }

    /** A defect in the gateway; the log has the cause under the call's id. */
    record Bug(CallId callId) implements Failure {
        @Override
        public String code() {
            return "internal";
        }

        @Override
        public String message() {
            return "the gateway made a mistake; its log has the details under call id " + callId;
        }
    }
}
