package io.marketbrain.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.Trace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TraceRecorderTest {
    private static final MarketQuery QUERY = new MarketQuery.QuoteQuery(
            ProviderId.MOCK, new Instrument(AssetType.CRYPTO, "BTC", "USDT", null, null), null);

    private final AtomicLong now = new AtomicLong();

    private Call call(Trace trace) {
        return new Call(
                        new CallId("t"),
                        Caller.LOCAL,
                        Priority.HIGH,
                        Deadline.in(Duration.ofSeconds(1), now::get),
                        false)
                .tracedBy(trace);
    }

    /** A layer that takes time before and after the inner source, and notes it. */
    private Layer spending(String name, long nanos) {
        return new Layer() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public MarketDataSource around(MarketDataSource next) {
                return (query, call) -> {
                    now.addAndGet(nanos);
                    call.trace().note("spent", nanos);
                    return next.fetch(query, call);
                };
            }
        };
    }

    private final MarketDataSource failing =
            (query, call) -> Outcome.failed(new Failure.Faulty(query.provider(), "down"));

    @Test
    void records_every_layer_in_order_with_its_duration_and_its_own_notes() {
        TraceRecorder recorder = new TraceRecorder(now::get);
        LayerStack stack = LayerStack.outermostFirst(spending("outer", 5), spending("inner", 7));

        stack.over(failing).fetch(QUERY, call(recorder));

        assertThat(recorder.steps())
                .extracting(
                        TraceRecorder.Step::layer,
                        TraceRecorder.Step::depth,
                        TraceRecorder.Step::took,
                        TraceRecorder.Step::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("outer", 0, Duration.ofNanos(12), "upstream-faulty"),
                        org.assertj.core.groups.Tuple.tuple("inner", 1, Duration.ofNanos(7), "upstream-faulty"));
        assertThat(recorder.steps()).extracting(s -> s.notes().get("spent")).containsExactly(5L, 7L);
    }

    @Test
    void passes_the_call_on_unchanged_without_a_trace() {
        Call call = call(Trace.NONE);
        Outcome<QueryResult> outcome = LayerStack.outermostFirst(spending("outer", 1))
                .over((query, arrived) -> {
                    assertThat(arrived).isSameAs(call);
                    return failing.fetch(query, arrived);
                })
                .fetch(QUERY, call);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void reports_how_many_requests_a_layer_saw_and_how_many_failed() {
        LayerStack stack = LayerStack.outermostFirst(spending("outer", 1), spending("inner", 1));
        MarketDataSource source = stack.over(failing);
        source.fetch(QUERY, call(Trace.NONE));
        source.fetch(QUERY, call(Trace.NONE));

        assertThat(stack.reports("request"))
                .extracting(LayerReport::name, LayerReport::entered, LayerReport::failed)
                .isEqualTo(List.of(
                        org.assertj.core.groups.Tuple.tuple("outer", 2L, 2L),
                        org.assertj.core.groups.Tuple.tuple("inner", 2L, 2L)));
    }

    @Test
    void allocates_nothing_without_a_trace() {
        Layer passing = new Layer() {
            @Override
            public String name() {
                return "passing";
            }

            @Override
            public MarketDataSource around(MarketDataSource next) {
                return next;
            }
        };
        Outcome<QueryResult> outcome = failing.fetch(QUERY, call(Trace.NONE));
        MarketDataSource source = LayerStack.outermostFirst(passing, passing, passing, passing, passing)
                .over((query, arrived) -> outcome);
        Call call = call(Trace.NONE);
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                source.fetch(QUERY, call);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes in ten thousand requests").isLessThan(10_000);
    }
}
