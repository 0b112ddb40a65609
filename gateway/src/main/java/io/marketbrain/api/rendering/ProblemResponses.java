package io.marketbrain.api.rendering;

import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Failure.AmbiguousInstrument;
import io.marketbrain.model.Failure.BudgetExhausted;
import io.marketbrain.model.Failure.Bug;
import io.marketbrain.model.Failure.CircuitOpen;
import io.marketbrain.model.Failure.DeadlinePassed;
import io.marketbrain.model.Failure.Forbidden;
import io.marketbrain.model.Failure.InvalidQuery;
import io.marketbrain.model.Failure.NoProviderAnswered;
import io.marketbrain.model.Failure.ProviderError;
import io.marketbrain.model.Failure.RateLimited;
import io.marketbrain.model.Failure.Refused;
import io.marketbrain.model.Failure.Shed;
import io.marketbrain.model.Failure.Throttled;
import io.marketbrain.model.Failure.TimedOut;
import io.marketbrain.model.Failure.Unauthenticated;
import io.marketbrain.model.Failure.UnknownInstrument;
import io.marketbrain.model.Failure.UnknownProvider;
import io.marketbrain.model.Failure.Unsupported;
import io.marketbrain.model.Failure.Upstream;
import io.marketbrain.pipeline.TraceRecorder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Failures as RFC 9457 problem documents. */
public final class ProblemResponses {
    static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPE_FOLDER = "/problems/";
    private static final String TYPE_MEMBER = "{\"type\":\"";
    private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(5);

    private ProblemResponses() {}

    /** The HTTP status of a failure, which tells whether the caller, the provider or the gateway has to act. */
    public static int status(Failure failure) {
        return switch (failure) {
            case InvalidQuery _, Unsupported _ -> 422;
            case Unauthenticated _ -> 401;
            case Forbidden _ -> 403;
            case Failure.UnknownHost _ -> 421;
            case UnknownProvider _, UnknownInstrument _ -> 404;
            case AmbiguousInstrument _ -> 409;
            case BudgetExhausted _, RateLimited _, Throttled _ -> 429;
            case Shed _, CircuitOpen _ -> 503;
            case Failure.Faulty faulty -> faulty.retryAfter() == null ? 502 : 503;
            case DeadlinePassed _, TimedOut _, Failure.NotCached _ -> 504;
            case Failure.Unreachable _,
                    Failure.CredentialsRejected _,
                    Failure.Blocked _,
                    Failure.Malformed _,
                    Failure.SchemaDrift _,
                    Failure.Untrusted _ -> 502;
            case NoProviderAnswered all -> status(all.last());
            case Bug _ -> 500;
        };
    }

    public static String title(Failure failure) {
        return switch (failure) {
            case InvalidQuery _ -> "Invalid value";
            case Unsupported _ -> "The provider does not offer this";
            case Unauthenticated _ -> "Authentication required";
            case Forbidden _ -> "Forbidden";
            case Failure.UnknownHost _ -> "Unknown host name";
            case UnknownProvider _ -> "No such provider";
            case UnknownInstrument _ -> "No such instrument";
            case AmbiguousInstrument _ -> "The symbol is ambiguous";
            case BudgetExhausted _ -> "Budget exhausted";
            case RateLimited _ -> "Too many requests";
            case Throttled _ -> "Throttled by the provider";
            case Shed _ -> "Overloaded";
            case CircuitOpen _ -> "Circuit open";
            case DeadlinePassed _ -> "Deadline exceeded";
            case Failure.NotCached _ -> "Not in the cache";
            case TimedOut _ -> "The provider took too long";
            case Failure.Unreachable _ -> "The provider cannot be reached";
            case Failure.CredentialsRejected _ -> "The provider rejected the credentials";
            case Failure.Blocked _ -> "The provider does not serve this location";
            case Failure.Faulty _ -> "The provider failed";
            case Failure.Malformed _ -> "Malformed provider response";
            case Failure.SchemaDrift _ -> "The provider changed its interface";
            case Failure.Untrusted _ -> "The provider's data cannot be right";
            case NoProviderAnswered _ -> "No provider answered";
            case Bug _ -> "Internal error";
        };
    }

    public static Response reply(Failure failure, CallId callId) {
        return reply(failure, callId, null);
    }

    /**
     * The problem document of a failure.
     *
     * @param explained the trace of the layers; null unless {@code explain=true}
     */
    public static Response reply(Failure failure, CallId callId, @Nullable TraceRecorder explained) {
        int status = status(failure);
        Optional<Duration> wait = retryAfter(failure, status);
        byte[] body = JsonDocument.object(json -> {
            write(json, "", failure, status, wait);
            json.put("call_id", callId.value());
            if (explained != null) {
                ExplainJson.write(json, explained);
            }
        });
        Response reply = Response.of(status, MEDIA_TYPE, body).with("Cache-Control", "no-store");
        wait.ifPresent(duration -> reply.with("Retry-After", Long.toString(seconds(duration))));
        if (failure instanceof Unauthenticated) {
            reply.with("WWW-Authenticate", "Bearer");
        }
        return reply;
    }

    /** A problem without a {@link Failure}, such as an unknown path, a wrong method or a body that is too large. */
    public static Response reply(int status, String code, String title, String detail, CallId callId) {
        byte[] body = JsonDocument.object(json -> {
            head(json, code, title, status, detail);
            json.put("call_id", callId.value());
        });
        return Response.of(status, MEDIA_TYPE, body).with("Cache-Control", "no-store");
    }

    public static Response malformed(String detail, CallId callId) {
        return reply(400, "malformed-request", "The request is malformed", detail, callId);
    }

    /** A problem with input that never became a request. */
    public static Response refusal(int status, String detail, CallId callId) {
        return switch (status) {
            case 408 -> reply(status, "too-slow", "The request took too long to arrive", detail, callId);
            case 413, 414, 431 -> reply(status, "too-large", "The request is too large", detail, callId);
            case 417, 501, 505 -> reply(status, "not-offered", "Not supported", detail, callId);
            case 500 -> reply(status, "internal", "Internal error", detail, callId);
            case 503 ->
                reply(status, "overloaded", "Overloaded", detail, callId).with("Retry-After", "1");
            default -> malformed(detail, callId);
        };
    }

    public static Response noSuchPath(String path, CallId callId) {
        String detail = "there is no path " + EchoedText.of(path) + "; /docs lists every path";
        return reply(404, "unknown-path", "No such path", detail, callId);
    }

    public static Response wrongMethod(String method, String allow, CallId callId) {
        String detail = EchoedText.of(method) + " is not supported by this path; use " + allow;
        return reply(405, "method-not-allowed", "Method not allowed", detail, callId);
    }

    /**
     * Writes the members of a failure's problem document, for use inside another document.
     *
     * @param prefix what precedes the path in the problem's type
     */
    public static void writeWithoutCall(JsonDocument json, Failure failure, String prefix) {
        int status = status(failure);
        write(json, prefix, failure, status, retryAfter(failure, status));
    }

    /** A problem document with {@code prefix} before the path in its type; any other document is returned unchanged. */
    public static byte[] withTypeBelow(String prefix, byte[] document) {
        byte[] start = (TYPE_MEMBER + TYPE_FOLDER).getBytes(StandardCharsets.US_ASCII);
        if (!Arrays.equals(start, 0, start.length, document, 0, Math.min(start.length, document.length))) {
            return document;
        }
        byte[] inserted = prefix.getBytes(StandardCharsets.US_ASCII);
        int at = TYPE_MEMBER.length();
        byte[] changed = Arrays.copyOf(document, document.length + inserted.length);
        System.arraycopy(inserted, 0, changed, at, inserted.length);
        System.arraycopy(document, at, changed, at + inserted.length, document.length - at);
        return changed;
    }

    private static void head(JsonDocument json, String code, String title, int status, String detail) {
        head(json, "", code, title, status, detail);
    }

    private static void head(JsonDocument json, String prefix, String code, String title, int status, String detail) {
        json.put("type", prefix + TYPE_FOLDER + code); // withTypeBelow relies on this being the first member
        json.put("title", title);
        json.put("status", (long) status);
        json.put("detail", detail);
        json.put("success", false);
        json.put("error", detail);
    }

    private static void write(JsonDocument json, String prefix, Failure failure, int status, Optional<Duration> wait) {
        head(json, prefix, failure.code(), title(failure), status, failure.message());
        wait.ifPresent(duration -> json.put("retry_after", seconds(duration)));
        ProviderError said =
                failure instanceof NoProviderAnswered none ? none.last().said() : failure.said();
        if (said != null) {
            json.child("provider_error", error -> error.put("code", said.code()).put("message", said.message()));
        }
        switch (failure) {
            case InvalidQuery invalid ->
                json.put("field", invalid.field()).put("value", invalid.value()).put("allowed", invalid.allowed());
            case AmbiguousInstrument ambiguous -> json.strings("candidates", ambiguous.candidates());
            case UnknownProvider unknown -> json.strings("candidates", unknown.known());
            case UnknownInstrument unknown ->
                json.put("provider", unknown.provider().value()).strings("candidates", unknown.candidates());
            case Unsupported unsupported ->
                json.put("provider", unsupported.provider().value());
            case BudgetExhausted exhausted -> json.put("policy", exhausted.policy());
            case RateLimited limited -> json.put("policy", limited.policy());
            case Upstream upstream -> json.put("provider", upstream.provider().value());
            case NoProviderAnswered none ->
                json.objects(
                        "attempts",
                        none.attempts(),
                        (item, attempt) -> item.put(
                                        "provider", attempt.provider().value())
                                .put("mode", attempt.mode().wire())
                                .put("outcome", attempt.outcome())
                                .put("detail", attempt.detail()));
            case Unauthenticated _,
                    Failure.Forbidden _,
                    Failure.UnknownHost _,
                    Failure.NotCached _,
                    Shed _,
                    DeadlinePassed _,
                    Bug _ -> {}
        }
    }

    private static Optional<Duration> retryAfter(Failure failure, int status) {
        Duration named = retryAfterOf(failure);
        if (named != null) {
            return Optional.of(named);
        }
        return status == 429 || status == 503 ? Optional.of(DEFAULT_RETRY_AFTER) : Optional.empty();
    }

    /** How long to wait before a retry, if the failure says so. */
    public static Optional<Duration> findWait(Failure failure) {
        return Optional.ofNullable(retryAfterOf(failure));
    }

    /** The same in seconds, rounded up. */
    public static Optional<Long> findWaitSeconds(Failure failure) {
        return findWait(failure).map(ProblemResponses::seconds);
    }

    /** Adds to the response how long to wait before a retry, if the failure says so. */
    public static Response withWait(Failure failure, Response response) {
        findWaitSeconds(failure).ifPresent(seconds -> response.with("Retry-After", Long.toString(seconds)));
        return response;
    }

    private static @Nullable Duration retryAfterOf(Failure failure) {
        return switch (failure) {
            case Refused refused -> refused.retryAfter();
            case Throttled throttled -> throttled.retryAfter();
            case Failure.Faulty faulty -> faulty.retryAfter();
            case CircuitOpen open -> open.retryAfter();
            case NoProviderAnswered none -> retryAfterOf(none.last());
            default -> null;
        };
    }

    /** Whole seconds, rounded up, at least 1. */
    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }
}
