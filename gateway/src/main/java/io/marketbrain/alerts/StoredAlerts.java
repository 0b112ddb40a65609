package io.marketbrain.alerts;

import io.marketbrain.model.NanoClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The alerts and their log in memory, and the store that has them as well. Thread-safe, but only one thread at a time may change
 * something. What is stored and what waits for the log never hold up those who read.
 */
final class StoredAlerts {
    private static final System.Logger LOG = System.getLogger(StoredAlerts.class.getName());

    /** The journal is rewritten when it has so many entries more than twice what it needs. */
    private static final int SPARE_ENTRIES = 1000;

    private final AlertStore store;
    private final int maxLog;
    private final NanoClock nanoClock;

    /** Guarded by itself; what waits for the log waits on it. */
    private final AlertRecords records;

    private volatile boolean closed;

    StoredAlerts(AlertStore store, int maxLog, NanoClock nanoClock) {
        this.store = store;
        this.maxLog = maxLog;
        this.nanoClock = nanoClock;
        this.records = new AlertRecords(maxLog);
    }

    void load() throws AlertsUnavailable {
        apply(store.load());
    }

    /** Stores entries, and then takes them over. */
    void record(List<AlertEntry> entries) throws AlertsUnavailable {
        store.append(entries);
        apply(entries);
        compact();
    }

    /** Takes entries over, and stores them if that is possible; {@code otherwise} is logged where it is not. */
    void recordIfPossible(List<AlertEntry> entries, String otherwise) {
        try {
            record(entries);
        } catch (AlertsUnavailable e) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", otherwise, e.getMessage());
            apply(entries);
        }
    }

    private void compact() {
        List<AlertEntry> compacted;
        synchronized (records) {
            if (store.size() < 2 * (records.alerts().size() + maxLog) + SPARE_ENTRIES) {
                return;
            }
            compacted = records.compacted();
        }
        try {
            store.replace(compacted);
        } catch (AlertsUnavailable e) {
            LOG.log(System.Logger.Level.WARNING, "the journal of alerts is not compacted: {0}", e.getMessage());
        }
    }

    private void apply(List<AlertEntry> entries) {
        synchronized (records) {
            entries.forEach(records::apply);
            records.notifyAll();
        }
    }

    /** Adds an attempt that will be repeated to the log; it is not stored. */
    void failed(Firing firing, int attempts, Instant at, String detail) {
        synchronized (records) {
            records.tried(firing.alert(), firing.key(), "failed", attempts, at, detail);
            records.notifyAll();
        }
    }

    List<Alert> all() {
        synchronized (records) {
            return List.copyOf(records.alerts());
        }
    }

    Optional<Alert> find(String id) {
        synchronized (records) {
            return records.find(id);
        }
    }

    List<Firing> pending() {
        synchronized (records) {
            return records.pending();
        }
    }

    List<AlertLogEntry> log() {
        synchronized (records) {
            return records.log();
        }
    }

    long lastSeq() {
        synchronized (records) {
            return records.lastSeq();
        }
    }

    List<AlertLogEntry> awaitLog(long after, Duration atMost) throws InterruptedException {
        synchronized (records) {
            long end = nanoClock.nanos() + atMost.toNanos();
            while (records.lastSeq() <= after && !closed) {
                long left = (end - nanoClock.nanos()) / 1_000_000;
                if (left <= 0) {
                    break;
                }
                records.wait(left);
            }
            return records.log().stream().filter(entry -> entry.seq() > after).toList();
        }
    }

    void wakeReaders() {
        synchronized (records) {
            records.notifyAll();
        }
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        store.close();
        wakeReaders();
    }
}
