package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.Failure;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of a failure: its code, its message and how long to wait. What callers are told is the same; the provider's own
 * words are not sent. Pure.
 */
final class FailureForm {
    private static final long NO_DELAY = -1;

    private FailureForm() {}

    static void write(DataOutputStream out, Failure failure) throws IOException {
        out.writeUTF(failure.code());
        out.writeUTF(RelayMessageCodec.bounded(failure.message()));
        Duration delay = delay(failure);
        out.writeLong(delay == null ? NO_DELAY : delay.toMillis());
        out.writeUTF(RelayMessageCodec.bounded(detail(failure)));
    }

    private static @Nullable Duration delay(Failure failure) {
        return switch (failure) {
            case Failure.Refused refused -> refused.retryAfter();
            case Failure.Throttled throttled -> throttled.retryAfter();
            case Failure.Faulty faulty -> faulty.retryAfter();
            case Failure.CircuitOpen open -> open.retryAfter();
            default -> null;
        };
    }

    private static String detail(Failure failure) {
        return switch (failure) {
            case Failure.UnknownInstrument unknown -> unknown.symbol();
            case Failure.BudgetExhausted exhausted -> exhausted.policy();
            case Failure.RateLimited limited -> limited.policy();
            default -> "";
        };
    }

    static Failure read(DataInputStream in, Channel channel) throws IOException {
        ProviderId provider = channel.provider();
        String code = in.readUTF();
        String message = in.readUTF();
        long millis = in.readLong();
        Duration delay = millis < 0 ? null : Duration.ofMillis(millis);
        Duration known = delay == null ? Duration.ZERO : delay;
        String detail = in.readUTF();
        return switch (code) {
            case "unknown-instrument" -> new Failure.UnknownInstrument(provider, detail);
            case "unsupported" -> new Failure.Unsupported(provider, message);
            case "budget-exhausted" -> new Failure.BudgetExhausted(detail, message, known);
            case "rate-limited" -> new Failure.RateLimited(detail, message, known);
            case "overloaded" -> new Failure.Shed(message, known);
            case "deadline-passed" -> new Failure.DeadlinePassed(message);
            case "upstream-timeout" -> new Failure.TimedOut(provider, message);
            case "upstream-throttled" -> new Failure.Throttled(provider, message, delay, null);
            case "upstream-credentials-rejected" -> new Failure.CredentialsRejected(provider, message);
            case "upstream-blocked" -> new Failure.Blocked(provider, message);
            case "upstream-faulty" -> new Failure.Faulty(provider, message, delay, null);
            case "upstream-malformed" -> new Failure.Malformed(provider, message);
            case "schema-drift" -> new Failure.SchemaDrift(provider, message);
            case "upstream-untrusted" -> new Failure.Untrusted(provider, message, null);
            case "circuit-open" -> new Failure.CircuitOpen(provider, message, known);
            default -> new Failure.Unreachable(provider, message);
        };
    }
}
