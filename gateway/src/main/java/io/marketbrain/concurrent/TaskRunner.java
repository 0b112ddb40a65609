package io.marketbrain.concurrent;

import io.marketbrain.model.NanoClock;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Starts work of one kind, each piece on its own virtual thread, and delivers its result, whatever the work throws.
 * Crashes are counted in {@link ThreadCounts} under the name of the kind and logged at a bounded rate. Thread-safe.
 */
public final class TaskRunner {
    private final String name;
    private final FailureLog failures;

    /** @param name the kind of work: a constant, used as thread name and in metrics */
    public TaskRunner(String name, NanoClock nanoClock) {
        this.name = name;
        this.failures = new FailureLog(System.getLogger(TaskRunner.class.getName()), name + " failed", nanoClock);
        ThreadCounts.addKind(name);
    }

    /** Starts work whose result only the returned task has. */
    public <T> BackgroundTask<T> start(Callable<T> work) {
        return start(UnaryOperator.identity(), work, _ -> {});
    }

    /**
     * Starts work. Never throws: a thread that cannot be started is a crash of the task.
     *
     * @param context wraps what the thread runs, for instance to bind scoped values
     * @param whenEnded receives the result exactly once, on the thread that ended the task; must not block
     */
    public <T> BackgroundTask<T> start(
            UnaryOperator<Runnable> context, Callable<T> work, Consumer<? super TaskResult<T>> whenEnded) {
        var task = new BackgroundTask<T>();
        task.whenEnded(result -> deliver(whenEnded, result));
        try {
            Thread thread = Thread.ofVirtual().name(name).unstarted(context.apply(() -> run(task, work)));
            task.runsOn(thread);
            thread.start();
        } catch (Throwable notStarted) {
            crashed(task, notStarted);
        }
        return task;
    }

    private <T> void run(BackgroundTask<T> task, Callable<T> work) {
        try {
            task.end(new TaskResult.Completed<>(work.call()));
        } catch (Throwable cause) {
            crashed(task, cause);
        }
    }

    private <T> void crashed(BackgroundTask<T> task, Throwable cause) {
        try {
            ThreadCounts.taskCrashed(name);
            failures.record(cause);
        } finally {
            task.end(new TaskResult.Crashed<>(cause));
        }
    }

    /** What receives a result may fail as well; the result has been delivered then. */
    private <T> void deliver(Consumer<? super TaskResult<T>> whenEnded, TaskResult<T> result) {
        try {
            whenEnded.accept(result);
        } catch (Throwable cause) {
            ThreadCounts.taskCrashed(name);
            failures.record(cause);
        }
    }
}
