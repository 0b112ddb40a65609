package io.marketbrain.alerts;

import java.util.List;

/** Where alerts and their firings survive a restart. Used by one thread at a time. */
public interface AlertStore extends AutoCloseable {
    /** Everything that was written, oldest first. */
    List<AlertEntry> load() throws AlertsUnavailable;

    /** Writes entries; when this returns they survive a crash. */
    void append(List<AlertEntry> entries) throws AlertsUnavailable;

    /** Replaces everything that was written. */
    void replace(List<AlertEntry> entries) throws AlertsUnavailable;

    /** How many entries are stored. */
    int size();

    @Override
    void close();

    /** A store that keeps nothing. */
    static AlertStore none() {
        return new AlertStore() {
            @Override
            public List<AlertEntry> load() {
                return List.of();
            }

            @Override
            public void append(List<AlertEntry> entries) {}

            @Override
            public void replace(List<AlertEntry> entries) {}

            @Override
            public int size() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }
}
