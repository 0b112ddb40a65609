package io.marketbrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.model.CallId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CurrentCallTest {
    private static final CallId OUTER = new CallId("outer");
    private static final CallId INNER = new CallId("inner");

    @Test
    void there_is_none_outside_a_call() {
        assertThat(CurrentCall.find()).isEmpty();
    }

    @Test
    void it_is_bound_during_the_work_and_not_after_it() {
        assertThat(CurrentCall.during(OUTER, CurrentCall::find)).contains(OUTER);
        assertThat(CurrentCall.find()).isEmpty();
    }

    @Test
    void it_is_unbound_after_work_that_failed() {
        assertThatThrownBy(() -> CurrentCall.during(OUTER, () -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(CurrentCall.find()).isEmpty();
    }

    @Test
    void a_call_within_a_call_counts_until_it_ends() {
        Optional<CallId> after = CurrentCall.during(OUTER, () -> {
            assertThat(CurrentCall.during(INNER, CurrentCall::find)).contains(INNER);
            return CurrentCall.find();
        });
        assertThat(after).contains(OUTER);
    }

    @Test
    void a_thread_started_for_a_call_works_for_it() {
        var found = new CompletableFuture<Optional<CallId>>();
        var _ = CurrentCall.start(new TaskRunner("side", () -> 0), INNER, () -> found.complete(CurrentCall.find()));
        assertThat(found.join()).contains(INNER);
    }
}
