package io.marketbrain.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what ends unexpectedly on the threads of this process, by the name of their work. Of the process, as the JVM's
 * own thread counts, so that nothing that starts a thread can be left out. Thread-safe.
 */
public final class ThreadCounts {
    private static final Map<String, LongAdder> CRASHES = new ConcurrentHashMap<>();
    private static final Set<BackgroundLoop> LOOPS = ConcurrentHashMap.newKeySet();

    private ThreadCounts() {}

    /**
     * The loops of one name.
     *
     * @param running how many are running
     * @param dead how many have ended without having been stopped
     * @param rounds how many rounds those in {@code running} have made
     * @param failuresInARow the most rounds that failed in succession in any of them until now; 0 if the last succeeded
     */
    public record Loops(String name, int running, int dead, long rounds, int failuresInARow) {
        /** From so many failures in succession on, a loop counts as failing. */
        public static final int FAILING = 3;

        public boolean failing() {
            return dead > 0 || failuresInARow >= FAILING;
        }

        private Loops plus(Loops other) {
            return new Loops(
                    name,
                    running + other.running,
                    dead + other.dead,
                    rounds + other.rounds,
                    Math.max(failuresInARow, other.failuresInARow));
        }
    }

    /** How often work of each kind, tasks and rounds of loops, ended with an exception or an error. */
    public static Map<String, Long> crashes() {
        Map<String, Long> counts = new TreeMap<>();
        CRASHES.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }

    /** The loops that were started and not stopped, by name, sorted. */
    public static List<Loops> loops() {
        Map<String, Loops> byName = new TreeMap<>();
        LOOPS.forEach(loop -> byName.merge(loop.name(), loop.report(), Loops::plus));
        return new ArrayList<>(byName.values());
    }

    static void addKind(String name) {
        CRASHES.computeIfAbsent(name, _ -> new LongAdder());
    }

    static void taskCrashed(String name) {
        CRASHES.computeIfAbsent(name, _ -> new LongAdder()).increment();
    }

    static void started(BackgroundLoop loop) {
        addKind(loop.name());
        LOOPS.add(loop);
    }

    /** The loop was stopped, or has done its work. */
    static void ended(BackgroundLoop loop) {
        LOOPS.remove(loop);
    }
}
