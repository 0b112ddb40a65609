package io.marketbrain.model;

/**
 * The record of one layer's work on one request, kept only for requests that ask for an explanation. Every layer has
 * its own, so that notes never mix, however many threads a request uses. Thread-safe.
 */
public interface Trace {
    /** Records nothing. */
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

    /** Whether notes are recorded; if not, callers can skip computing expensive ones. */
    boolean on();

    /** Starts the record of a layer that the request enters from this one. */
    Trace enter(String layer);

    /**
     * Records one decision of this layer. Names are in snake_case, durations are {@link java.time.Duration}s, and
     * secrets are not allowed.
     */
    void note(String name, Object value);

    /** The request leaves the layer; {@code outcome} is {@code ok} or a failure's code. */
    void end(String outcome);
}
