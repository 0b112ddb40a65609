package io.marketbrain.provider.drift;

import java.util.List;

/** Keeps what live traffic has taught about the responses of one provider, so that it survives a restart. Thread-safe. */
public interface LearntShapeStore {
    /** Keeps nothing. */
    LearntShapeStore NONE = new LearntShapeStore() {
        @Override
        public List<String> lines() {
            return List.of();
        }

        @Override
        public void save(List<String> lines) {}
    };

    /** The lines that were saved last; empty if there are none. */
    List<String> lines();

    /** Saves lines in place of those before; a store that cannot do so reports a problem and carries on. */
    void save(List<String> lines);
}
