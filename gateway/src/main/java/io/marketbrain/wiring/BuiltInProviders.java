package io.marketbrain.wiring;

import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.binance.BinanceAdapter;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.kraken.KrakenAdapter;
import io.marketbrain.provider.mapping.MappedAdapter;

/**
 * The one place that knows which adapter belongs to which provider. A switch instead of a list of factories or a service
 * loader, because it loads only the adapters that are used (the figures are in ARCHITECTURE.md).
 */
public final class BuiltInProviders {
    private BuiltInProviders() {}

    /** The provider that a descriptor describes. */
    public static ProviderModule module(Descriptor descriptor) {
        return new ProviderModule(descriptor, adapter(descriptor));
    }

    static ProviderAdapter adapter(Descriptor descriptor) {
        return switch (descriptor.id().value()) {
            case "binance" -> new BinanceAdapter(descriptor);
            case "kraken" -> new KrakenAdapter(descriptor);
            default ->
                MappedAdapter.of(
                        descriptor,
                        descriptor
                                .mapping()
                                .orElseThrow(() -> new IllegalArgumentException("no adapter for " + descriptor.id())));
        };
    }
}
