package io.marketbrain.files;

import io.marketbrain.model.NanoClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the gateway's own files: counted, shown in the health while it lasts, and logged when it changes, at
 * most once a minute for each file. Thread-safe.
 */
public final class FileProblems {
    private static final System.Logger LOG = System.getLogger(FileProblems.class.getName());
    private static final long LOG_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final NanoClock nanoClock;
    private final Map<String, Entry> entries = new TreeMap<>();

    /** What is known about one file. */
    private static final class Entry {
        private @Nullable String current;
        private @Nullable String logged;
        private long loggedAt;
        private long count;
    }

    public FileProblems(NanoClock nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Problems of files that are used for a moment, such as by a command. */
    public static FileProblems ofCommand() {
        return new FileProblems(() -> 0);
    }

    /** Records a problem that lasts until {@link #clear}. */
    public synchronized void report(Path file, String problem) {
        Entry entry = entry(file);
        entry.current = problem;
        count(file, entry, problem);
    }

    /** Records a problem that lasts until {@link #clear}, and that whoever found it logs. */
    public synchronized void show(Path file, String problem) {
        Entry entry = entry(file);
        entry.current = problem;
        entry.count++;
    }

    /** Records a problem that has been dealt with. */
    public synchronized void reportHandled(Path file, String problem) {
        count(file, entry(file), problem);
    }

    /** Records that the file can be used. */
    public synchronized void clear(Path file) {
        Entry entry = entries.get(name(file));
        if (entry != null && entry.current != null) {
            entry.current = null;
            if (entry.logged != null) {
                entry.logged = null;
                LOG.log(System.Logger.Level.INFO, file + " can be used again");
            }
        }
    }

    /** The problems that last, a sentence each. */
    public synchronized List<String> current() {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().current != null)
                .map(entry -> entry.getKey() + " " + entry.getValue().current)
                .toList();
    }

    /** How many problems there were, by the name of the file. */
    public synchronized Map<String, Long> counts() {
        var counts = new TreeMap<String, Long>();
        entries.forEach((name, entry) -> counts.put(name, entry.count));
        return counts;
    }

    private void count(Path file, Entry entry, String problem) {
        entry.count++;
        long now = nanoClock.nanos();
        boolean due = entry.count == 1 || now - entry.loggedAt >= LOG_INTERVAL_NANOS;
        if (due && !problem.equals(entry.logged)) {
            entry.logged = problem;
            entry.loggedAt = now;
            LOG.log(System.Logger.Level.WARNING, file + " " + problem);
        }
    }

    private Entry entry(Path file) {
        return entries.computeIfAbsent(name(file), _ -> new Entry());
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
