package io.marketbrain.provider;

import io.marketbrain.model.Instrument;

/** An instrument as a provider's own list has it, with the provider's spelling. */
public record ListedPair(String providerSymbol, Instrument instrument) {}
