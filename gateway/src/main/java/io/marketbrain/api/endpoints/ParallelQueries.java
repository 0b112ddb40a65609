package io.marketbrain.api.endpoints;

import io.marketbrain.concurrent.BackgroundTask;
import io.marketbrain.concurrent.TaskResult;
import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.telemetry.CurrentCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Several queries at the same time, each on its own thread, all under the deadline of one call. Thread-safe. */
public final class ParallelQueries {
    /** How long to wait past the deadline before a query is cancelled; data sources enforce the deadline themselves. */
    private static final Duration GRACE = Duration.ofMillis(50);

    private final TaskRunner threads;

    public ParallelQueries(QueryExecutor executor) {
        this.threads = new TaskRunner("batch-quote", executor::now);
    }

    /** The outcomes, in the order of the queries; one that fails does not fail the others. */
    public <T> List<Outcome<T>> all(List<Callable<Outcome<T>>> queries, Call call) {
        var tasks = new ArrayList<BackgroundTask<Outcome<T>>>(queries.size());
        for (Callable<Outcome<T>> query : queries) {
            tasks.add(CurrentCall.start(threads, call.id(), query));
        }
        var outcomes = new ArrayList<Outcome<T>>(tasks.size());
        for (BackgroundTask<Outcome<T>> task : tasks) {
            outcomes.add(await(task, call));
        }
        return outcomes;
    }

    private static <T> Outcome<T> await(BackgroundTask<Outcome<T>> task, Call call) {
        try {
            var result = task.await(call.deadline().remaining().plus(GRACE));
            task.cancel();
            return switch (result.orElseGet(TaskResult.Cancelled::new)) {
                case TaskResult.Completed<Outcome<T>>(Outcome<T> outcome) -> outcome;
                case TaskResult.Crashed<Outcome<T>> _ -> Outcome.failed(new Failure.Bug(call.id()));
                case TaskResult.Cancelled<Outcome<T>> _ ->
                    Outcome.failed(
                            new Failure.DeadlinePassed("the request's deadline passed before this response arrived"));
            };
        } catch (InterruptedException stopped) {
            task.cancel();
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.DeadlinePassed("the request was cancelled"));
        }
    }
}
