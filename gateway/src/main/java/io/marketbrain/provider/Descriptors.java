package io.marketbrain.provider;

import java.util.List;

/** The descriptors of the providers that ship with the gateway, read once. */
public final class Descriptors {
    private static final List<Descriptor> BUILT_IN = List.of(
            DescriptorReader.builtIn("binance"),
            DescriptorReader.builtIn("coinbase"),
            DescriptorReader.builtIn("kraken"));

    private Descriptors() {}

    /** Every built-in provider. */
    public static List<Descriptor> builtIn() {
        return BUILT_IN;
    }
}
