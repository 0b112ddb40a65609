package io.marketbrain.provider.feed;

import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.descriptor.SymbolRules;

/** What is to be subscribed to at a provider: one kind of data about one of its symbols. */
public record FeedChannel(Listing listing, StreamKind kind) {
    /** The provider's own spelling of the instrument. */
    public String symbol() {
        return listing.providerSymbol();
    }

    /** What the provider calls the instrument, which is a contract. */
    public String contract() {
        return SymbolRules.contractName(symbol());
    }
}
