package io.marketbrain.model;

/**
 * The record of one layer's part in one request, kept only for requests that ask to be explained. Every layer has its
 * own, so that notes never mix, however many threads a request uses. Thread-safe.
 */
public interface Trace {
    /** Keeps nothing. */
    Trace NONE = new Trace() {
        @Override
        public boolean on() {
            return false;
        }

        @Override
        public Trace enter(String layer) {
            return this;
        }

        @Override
        public void note(String name, Object value) {}

        @Override
        public void end(String outcome) {}

        @Override
        public String toString() {
            return "no trace";
        }
    };

    /** Whether anything is kept; what is costly to note need not be computed otherwise. */
    boolean on();

    /** The record of a layer that the request enters from this one. */
    Trace enter(String layer);

    /** Keeps one decision of this layer, in snake_case; durations are {@link java.time.Duration}s. No secrets. */
    void note(String name, Object value);

    /** The request leaves the layer; {@code outcome} is {@code ok} or a failure's code. */
    void end(String outcome);
}
