package io.marketbrain.wiring.metrics;

import io.marketbrain.concurrent.ThreadCounts;
import io.marketbrain.telemetry.Metric;
import io.marketbrain.telemetry.Metric.Kind;
import io.marketbrain.telemetry.Metric.Sample;
import io.marketbrain.telemetry.Metric.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The metrics of the process's tasks and background loops. */
public final class ThreadMetrics {
    private ThreadMetrics() {}

    public static List<Metric> current() {
        List<Sample> crashes = new ArrayList<>();
        ThreadCounts.crashes().forEach((work, count) -> crashes.add(new Value(Map.of("work", work), count)));
        List<Sample> running = new ArrayList<>();
        List<Sample> failures = new ArrayList<>();
        for (ThreadCounts.Loops loops : ThreadCounts.loops()) {
            Map<String, String> labels = Map.of("loop", loops.name());
            running.add(new Value(labels, loops.running()));
            failures.add(new Value(labels, loops.failuresInARow()));
        }
        return List.of(
                new Metric(
                        "marketbrain_thread_crashes_total",
                        Kind.COUNTER,
                        "Work on other threads that ended with an unexpected exception or error.",
                        crashes),
                new Metric(
                        "marketbrain_loops_running", Kind.GAUGE, "Background loops whose thread is running.", running),
                new Metric(
                        "marketbrain_loop_failures_in_a_row",
                        Kind.GAUGE,
                        "Rounds of a background loop that have failed since the last one that succeeded.",
                        failures));
    }
}
