package io.marketbrain.pipeline.quality;

import io.marketbrain.model.Instrument;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The states of the instruments of one provider that were used last; the least recently used one is dropped when a new
 * one would exceed the limit. Thread-safe.
 */
final class InstrumentStates {
    /** The most instruments of one provider whose state is kept. */
    static final int MAX_INSTRUMENTS = 10_000;

    private final int most;
    private final Map<Instrument, InstrumentState> states = new LinkedHashMap<>(16, 0.75f, true);

    InstrumentStates(int most) {
        this.most = most;
    }

    InstrumentStates() {
        this(MAX_INSTRUMENTS);
    }

    /** The state of an instrument, a new one if there is none. */
    synchronized InstrumentState of(Instrument instrument) {
        InstrumentState state = states.get(instrument);
        if (state == null) {
            state = new InstrumentState();
            states.put(instrument, state);
            if (states.size() > most) {
                states.remove(states.keySet().iterator().next());
            }
        }
        return state;
    }

    synchronized int size() {
        return states.size();
    }
}
