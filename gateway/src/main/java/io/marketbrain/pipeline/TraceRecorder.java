package io.marketbrain.pipeline;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trace of a request that asked for an explanation: every layer entered, in order, with its notes. Thread-safe. */
public final class TraceRecorder implements Trace {
    private final NanoClock nanoClock;
    private final long origin;
    private final List<Entry> entries = new ArrayList<>();

    public TraceRecorder(NanoClock nanoClock) {
        this.nanoClock = nanoClock;
        this.origin = nanoClock.nanos();
    }

    /**
     * The record of one layer.
     *
     * @param depth how many layers enclose it
     * @param start when the request entered, counted from the start of the request
     * @param took how long the request spent in the layer, inner layers included; up to now if it has not left
     * @param outcome {@code ok}, a failure's code, or {@code running}
     */
    public record Step(
            String layer, int depth, Duration start, Duration took, String outcome, Map<String, Object> notes) {
        public Step {
            notes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(notes));
        }
    }

    /** All layers entered so far, in the order of entry. */
    public synchronized List<Step> steps() {
        return entries.stream().map(Entry::step).toList();
    }

    /** The time since the request started. */
    public Duration elapsed() {
        return Duration.ofNanos(nanoClock.nanos() - origin);
    }

    @Override
    public boolean on() {
        return true;
    }

    @Override
    public Trace enter(String layer) {
        return enter(layer, 0);
    }

    @Override
    public void note(String name, Object value) {}

    @Override
    public void end(String outcome) {}

    @Override
    public String toString() {
        return "trace of " + steps().size() + " layers";
    }

    private synchronized Entry enter(String layer, int depth) {
        Entry entry = new Entry(layer, depth, nanoClock.nanos());
        entries.add(entry);
        return entry;
    }

    /** The text of an outcome in traces and attempts: {@code ok} or the failure's code. */
    public static String outcome(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?> failed ? failed.failure().code() : "ok";
    }

    private final class Entry implements Trace {
        private final String layer;
        private final int depth;
        private final long startNanos;
        private final Map<String, Object> notes = new LinkedHashMap<>();
        private long endNanos;
        private @Nullable String outcome;

        Entry(String layer, int depth, long startNanos) {
            this.layer = layer;
            this.depth = depth;
            this.startNanos = startNanos;
        }

        @Override
        public boolean on() {
            return true;
        }

        @Override
        public Trace enter(String inner) {
            return TraceRecorder.this.enter(inner, depth + 1);
        }

        @Override
        public void note(String name, Object value) {
            synchronized (TraceRecorder.this) {
                notes.put(name, value);
            }
        }

        @Override
        public void end(String how) {
            synchronized (TraceRecorder.this) {
                outcome = how;
                endNanos = nanoClock.nanos();
            }
        }

        private Step step() {
            long until = outcome == null ? nanoClock.nanos() : endNanos;
            return new Step(
                    layer,
                    depth,
                    Duration.ofNanos(startNanos - origin),
                    Duration.ofNanos(until - startNanos),
                    outcome == null ? "running" : outcome,
                    notes);
        }
    }
}
