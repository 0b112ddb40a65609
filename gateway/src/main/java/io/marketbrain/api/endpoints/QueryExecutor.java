package io.marketbrain.api.endpoints;

import io.marketbrain.api.rendering.CacheHeaders;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.QuoteMetadata;
import io.marketbrain.api.rendering.RecordCsv;
import io.marketbrain.api.rendering.RenderedResponse;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.ApiConfig;
import io.marketbrain.api.request.CacheDirectiveReader;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.model.Call;
import io.marketbrain.model.Call.MockChoice;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.Trace;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.TraceRecorder;
import io.marketbrain.pipeline.UntrustedAnswers;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Executes queries against the data source: builds the {@link Call} for a request and measures how long it takes.
 * Thread-safe.
 */
public final class QueryExecutor {
    /** The parameter that names what the caller accepts. */
    public static final String ALLOW = "allow";

    /** The parameter that accepts or declines mock data. */
    public static final String MOCK_WHEN_DOWN = "mock_when_down";

    private static final String UNTRUSTED = "untrusted";

    private final MarketDataSource source;
    private final NanoClock nanoClock;
    private final Duration timeout;

    public QueryExecutor(MarketDataSource source, NanoClock nanoClock, Duration timeout) {
        this.source = source;
        this.nanoClock = nanoClock;
        this.timeout = timeout;
    }

    /** The parameters that every data path supports, after those in {@code own}. */
    public static String[] parametersAnd(String... own) {
        var names = new String[own.length + 5];
        System.arraycopy(own, 0, names, 0, own.length);
        names[own.length] = "timeout";
        names[own.length + 1] = MOCK_WHEN_DOWN;
        names[own.length + 2] = ALLOW;
        names[own.length + 3] = "explain";
        names[own.length + 4] = CacheDirectiveReader.PARAMETER;
        return names;
    }

    /** The deadline of a request, as a duration from now. */
    public Duration timeout(Parameters parameters) throws RequestRejected {
        return parameters.seconds("timeout", timeout, ApiConfig.TIMEOUT.least(), ApiConfig.TIMEOUT.most());
    }

    /** A copy of {@code call} for the next page of a streamed response: with a new deadline and without a trace. */
    public Call forNextPage(Call call, Duration wait) {
        return call.until(Deadline.in(wait, nanoClock)).tracedBy(Trace.NONE);
    }

    public Call call(Request request, Parameters parameters) throws RequestRejected {
        Duration wait = timeout(parameters);
        var call = new Call(
                request.callId(),
                request.caller(),
                Priority.HIGH,
                Deadline.in(wait, nanoClock),
                mockChoice(parameters),
                CacheDirectiveReader.read(request, parameters),
                Trace.NONE,
                allowsUntrusted(parameters),
                false);
        return parameters.flag("explain") ? call.tracedBy(startTrace(request)) : call;
    }

    /** A call for a request that has none of our parameters, such as one of another program's API. */
    public Call call(Request request) {
        return new Call(
                request.callId(), request.caller(), Priority.HIGH, Deadline.in(timeout, nanoClock), MockChoice.DEFAULT);
    }

    /** Absent is not {@code false}: only the latter rules out every mock data. */
    private static MockChoice mockChoice(Parameters parameters) throws RequestRejected {
        return parameters.oneOf(
                MOCK_WHEN_DOWN,
                MockChoice.DEFAULT,
                text -> switch (text) {
                    case "true" -> Optional.of(MockChoice.ACCEPTED);
                    case "false" -> Optional.of(MockChoice.DECLINED);
                    default -> Optional.empty();
                },
                _ -> "true or false");
    }

    private static boolean allowsUntrusted(Parameters parameters) throws RequestRejected {
        return parameters.oneOf(
                ALLOW, false, text -> text.equals(UNTRUSTED) ? Optional.of(true) : Optional.empty(), _ -> UNTRUSTED);
    }

    private TraceRecorder startTrace(Request request) {
        var recorder = new TraceRecorder(nanoClock);
        Trace caller = recorder.enter("caller");
        caller.note("name", request.caller().name());
        caller.note("scope", request.admin() ? "admin" : "read");
        caller.end("ok");
        return recorder;
    }

    /** A call for work in the background, after the response has been sent. */
    Call background(Request request, Caller caller, Priority priority) {
        return new Call(request.callId(), caller, priority, Deadline.in(timeout, nanoClock), false);
    }

    /** An outcome and its duration in microseconds. */
    public record Timed(Outcome<QueryResult> outcome, long micros) {}

    public Timed execute(MarketQuery query, Call call) {
        long start = nanoClock.nanos();
        Outcome<QueryResult> outcome = UntrustedAnswers.accepted(source.fetch(query, call), call);
        return new Timed(outcome, (nanoClock.nanos() - start) / 1000);
    }

    /** Executes a query for a single item and returns the response. */
    Response reply(MarketQuery query, Call call) {
        return reply(query, call, _ -> null);
    }

    /** Executes a query for one quote and returns the response, with its metadata. */
    Response replyQuote(QuoteQuery query, Call call, String symbol, InstantSource clock) {
        return reply(
                query,
                call,
                answer -> new QuoteMetadata(
                        query.provider().value(),
                        symbol,
                        clock.instant(),
                        answer.cache().hit()));
    }

    /** Executes a query and returns its result as CSV. */
    Response replyCsv(MarketQuery query, Call call) {
        return switch (execute(query, call).outcome()) {
            case Outcome.Success<QueryResult>(QueryResult answer) ->
                CacheHeaders.on(RecordCsv.reply(answer), answer.cache());
            case Outcome.Failed<QueryResult>(Failure failure) ->
                ProblemResponses.reply(failure, call.id(), recorder(call));
        };
    }

    private Response reply(MarketQuery query, Call call, Function<QueryResult, @Nullable QuoteMetadata> metadata) {
        Timed timed = execute(query, call);
        return switch (timed.outcome()) {
            case Outcome.Success<QueryResult>(QueryResult answer) ->
                CacheHeaders.on(
                        RenderedResponse.of(answer)
                                .reply(call.id(), timed.micros(), metadata.apply(answer), recorder(call)),
                        answer.cache());
            case Outcome.Failed<QueryResult>(Failure failure) ->
                ProblemResponses.reply(failure, call.id(), recorder(call));
        };
    }

    /** The trace of a call with {@code explain=true}; null for any other. */
    public static @Nullable TraceRecorder recorder(Call call) {
        return call.trace() instanceof TraceRecorder recorder ? recorder : null;
    }

    /** The seconds since a reading of {@link #now}. */
    public BigDecimal secondsSince(long startNanos) {
        return BigDecimal.valueOf((nanoClock.nanos() - startNanos) / 1000, 6);
    }

    /** The present reading of the clock that durations are measured with, in nanoseconds. */
    public long now() {
        return nanoClock.nanos();
    }
}
