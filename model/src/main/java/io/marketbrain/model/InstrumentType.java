package io.marketbrain.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What instruments a search or a list is about: an asset type, or only the spot pairs, perpetual swaps or dated futures of crypto
 * assets.
 *
 * @param market the market in which crypto assets are traded; null for any, and for what is not a crypto asset
 */
public record InstrumentType(AssetType asset, @Nullable CryptoMarket market) {
    public static final InstrumentType SPOT = new InstrumentType(AssetType.CRYPTO, CryptoMarket.SPOT);
    public static final InstrumentType SWAP = new InstrumentType(AssetType.CRYPTO, CryptoMarket.SWAP);
    public static final InstrumentType FUTURE = new InstrumentType(AssetType.CRYPTO, CryptoMarket.FUTURE);

    /** The asset types first. */
    private static final List<InstrumentType> ALL = Stream.concat(
                    Arrays.stream(AssetType.values()).map(InstrumentType::of), Stream.of(SPOT, SWAP, FUTURE))
            .toList();

    /** The ways in which crypto assets are traded. */
    public enum CryptoMarket {
        SPOT,
        /** Perpetual swaps. */
        SWAP,
        /** Futures, which expire on a day, also under rolling names. */
        FUTURE
    }

    /** Everything of an asset type. */
    public static InstrumentType of(AssetType asset) {
        return new InstrumentType(asset, null);
    }

    /** The narrowest type of an instrument. */
    public static InstrumentType of(Instrument instrument) {
        if (instrument.type() != AssetType.CRYPTO) {
            return of(instrument.type());
        }
        if (instrument.expiry() != null || instrument.rolling() != null) {
            return FUTURE;
        }
        return instrument.settle() == null ? SPOT : SWAP;
    }

    /** The type with a name, such as {@code stock} or {@code swap}. */
    public static Optional<InstrumentType> find(String wire) {
        return ALL.stream().filter(type -> type.wire().equals(wire)).findFirst();
    }

    /** The names of all types, separated by commas. */
    public static String names() {
        return ALL.stream().map(InstrumentType::wire).collect(Collectors.joining(", "));
    }

    /** Whether everything of the other type is of this one. */
    public boolean includes(InstrumentType other) {
        return asset == other.asset && (market == null || market == other.market);
    }

    /** Whether an instrument can be of both types. */
    public boolean overlaps(InstrumentType other) {
        return includes(other) || other.includes(this);
    }

    /** The name in JSON and descriptors: lower case. */
    public String wire() {
        CryptoMarket only = market;
        return only == null ? asset.wire() : only.name().toLowerCase(Locale.ROOT);
    }
}
