package io.marketbrain.alerts;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All alerts, the firings that are not delivered yet, and the log: what the entries of the journal add up to. Not thread-safe. */
final class AlertRecords {
    private final int maxLog;
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, Firing> pending = new LinkedHashMap<>();
    private final Deque<AlertLogEntry> log = new ArrayDeque<>();
    private long lastSeq;

    AlertRecords(int maxLog) {
        this.maxLog = maxLog;
    }

    /** Takes over an entry. */
    void apply(AlertEntry entry) {
        switch (entry) {
            case AlertEntry.Saved(var alert) -> alerts.put(alert.id(), alert);
            case AlertEntry.Removed(var id) -> {
                alerts.remove(id);
                pending.values().removeIf(firing -> firing.alert().equals(id));
            }
            case AlertEntry.Fired(var firing, var isPending) -> {
                alerts.computeIfPresent(firing.alert(), (_, alert) -> alert.after(firing));
                if (isPending) {
                    pending.put(firing.key(), firing);
                }
                add(new AlertLogEntry.Fired(seq(firing.at()), firing));
            }
            case AlertEntry.Ended(var alert, var key, var delivered, var attempts, var at, var detail) -> {
                pending.remove(key);
                tried(alert, key, delivered ? "delivered" : "given_up", attempts, at, detail);
            }
        }
    }

    void tried(String alert, String key, String outcome, int attempts, Instant at, String detail) {
        add(new AlertLogEntry.Tried(seq(at), at, alert, key, outcome, attempts, detail));
    }

    private long seq(Instant at) {
        lastSeq = Math.max(lastSeq + 1, at.getEpochSecond() * 1_000_000 + at.getNano() / 1000);
        return lastSeq;
    }

    private void add(AlertLogEntry entry) {
        log.addLast(entry);
        if (log.size() > maxLog) {
            log.removeFirst();
        }
    }

    /** The entries that add up to the present state, for a new journal. */
    List<AlertEntry> compacted() {
        List<AlertEntry> entries = new ArrayList<>();
        for (AlertLogEntry entry : log) {
            switch (entry) {
                case AlertLogEntry.Fired(var _, var firing) ->
                    entries.add(new AlertEntry.Fired(firing, pending.containsKey(firing.key())));
                case AlertLogEntry.Tried tried -> {
                    if (!tried.outcome().equals("failed")) {
                        entries.add(new AlertEntry.Ended(
                                tried.alert(),
                                tried.key(),
                                tried.outcome().equals("delivered"),
                                tried.attempts(),
                                tried.at(),
                                tried.detail()));
                    }
                }
            }
        }
        pending.values().stream()
                .map(firing -> new AlertEntry.Fired(firing, true))
                .filter(fired -> !entries.contains(fired))
                .forEach(entries::addFirst);
        // Last, because a firing changes the alert that it is of.
        alerts.values().forEach(alert -> entries.add(new AlertEntry.Saved(alert)));
        return entries;
    }

    Collection<Alert> alerts() {
        return alerts.values();
    }

    Optional<Alert> find(String id) {
        return Optional.ofNullable(alerts.get(id));
    }

    List<Firing> pending() {
        return List.copyOf(pending.values());
    }

    List<AlertLogEntry> log() {
        return List.copyOf(log);
    }

    long lastSeq() {
        return lastSeq;
    }
}
