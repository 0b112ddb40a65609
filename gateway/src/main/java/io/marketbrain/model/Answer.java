package io.marketbrain.model;

/** Market data together with where it came from. */
public record Answer(MarketData data, Provenance provenance) {
    public Answer with(Provenance provenance) {
        return new Answer(data, provenance);
    }
}
