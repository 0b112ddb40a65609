package io.marketbrain.api;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Ticker;
import io.marketbrain.model.Trace;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.Recorder;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The way from a request to the stack: the circumstances of the call, and the time it took. Thread-safe. */
final class Asking {
    private final MarketDataSource source;
    private final Ticker ticker;
    private final Duration timeout;

    Asking(MarketDataSource source, Ticker ticker, Duration timeout) {
        this.source = source;
        this.ticker = ticker;
        this.timeout = timeout;
    }

    /** The names of the parameters that every data path takes. */
    static String[] parametersAnd(String... own) {
        var names = new String[own.length + 3];
        System.arraycopy(own, 0, names, 0, own.length);
        names[own.length] = "timeout";
        names[own.length + 1] = "mock_when_down";
        names[own.length + 2] = "explain";
        return names;
    }

    /** How long the answer to a request may take. */
    Duration timeout(Parameters parameters) throws Rejected {
        return parameters.seconds("timeout", timeout, ApiConfig.TIMEOUT.least(), ApiConfig.TIMEOUT.most());
    }

    /** A call like {@code call} for the next part of a long answer: with a time of its own, and not explained. */
    Call again(Call call, Duration wait) {
        return call.until(Deadline.in(wait, ticker)).tracedBy(Trace.NONE);
    }

    Call call(Request request, Parameters parameters) throws Rejected {
        Duration wait = timeout(parameters);
        var call = new Call(
                request.callId(),
                request.caller(),
                Priority.HIGH,
                Deadline.in(wait, ticker),
                parameters.flag("mock_when_down"));
        return parameters.flag("explain") ? call.tracedBy(explaining(request)) : call;
    }

    private Recorder explaining(Request request) {
        var recorder = new Recorder(ticker);
        Trace caller = recorder.enter("caller");
        caller.note("name", request.caller().name());
        caller.note("scope", request.admin() ? "admin" : "read");
        caller.end("ok");
        return recorder;
    }

    /** A call that nobody waits for. */
    Call background(Request request, Caller caller, Priority priority) {
        return new Call(request.callId(), caller, priority, Deadline.in(timeout, ticker), false);
    }

    /** An outcome and the microseconds it took. */
    record Timed(Outcome<Answer> outcome, long micros) {}

    Timed ask(MarketQuery query, Call call) {
        long start = ticker.nanos();
        Outcome<Answer> outcome = source.fetch(query, call);
        return new Timed(outcome, (ticker.nanos() - start) / 1000);
    }

    /** The reply to a question about one thing. */
    Reply reply(MarketQuery query, Call call) {
        Timed timed = ask(query, call);
        return switch (timed.outcome()) {
            case Outcome.Success<Answer>(Answer answer) ->
                CacheHeaders.on(Ready.of(answer).reply(call.id(), timed.micros(), recorder(call)), answer.cache());
            case Outcome.Failed<Answer>(Failure failure) -> Problems.reply(failure, call.id(), recorder(call));
        };
    }

    /** What was recorded for a call that asked to be explained. */
    static @Nullable Recorder recorder(Call call) {
        return call.trace() instanceof Recorder recorder ? recorder : null;
    }

    BigDecimal secondsSince(long startNanos) {
        return BigDecimal.valueOf((ticker.nanos() - startNanos) / 1000, 6);
    }

    long now() {
        return ticker.nanos();
    }
}
