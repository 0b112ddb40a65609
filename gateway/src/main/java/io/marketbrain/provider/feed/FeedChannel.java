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

    /** The provider's name of a contract, without the gateway's {@code .p}. */
    public String contract() {
        return SymbolRules.contractName(symbol());
    }
}
