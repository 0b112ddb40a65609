package io.marketbrain.mock;

import java.math.BigDecimal;

/** The usual tick and lot sizes of an asset class at a given price. */
final class QuotePrecision {
    private QuotePrecision() {}

    /** A cent where the price is large enough, otherwise the fifth significant digit. */
    static BigDecimal tick(AssetClass kind, double price) {
        int magnitude = magnitude(price);
        int decimals = switch (kind) {
            case CRYPTO -> Math.max(2, 4 - magnitude);
            case STOCK, INDEX -> magnitude >= 0 ? 2 : 4;
            case FX -> magnitude >= 1 ? 3 : Math.max(5, 4 - magnitude);
            case COMMODITY -> magnitude >= 1 ? 2 : 3;
        };
        return BigDecimal.ONE.movePointLeft(decimals);
    }

    /** Worth about a dollar or less for coins; one share, contract or unit otherwise. */
    static BigDecimal lot(AssetClass kind, double dollars) {
        return kind == AssetClass.CRYPTO
                ? BigDecimal.ONE.movePointLeft(Math.max(0, magnitude(dollars) + 1))
                : BigDecimal.ONE;
    }

    /** The exponent of the number in scientific notation. */
    private static int magnitude(double value) {
        BigDecimal exact = new BigDecimal(value);
        return exact.precision() - exact.scale() - 1;
    }
}
