package io.marketbrain.model.stream;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.ProviderId;

/** One kind of data about one instrument from one provider: what a listener subscribes to. */
public record Channel(ProviderId provider, Instrument instrument, StreamKind kind) {
    @Override
    public String toString() {
        return provider + ":" + instrument + " " + kind.wire();
    }
}
