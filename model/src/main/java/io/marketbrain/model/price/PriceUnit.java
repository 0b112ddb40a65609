package io.marketbrain.model.price;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/**
 * Units in which prices are quoted where they are not the currency itself: London quotes most shares in pence ({@code GBp},
 * {@code GBX}), Johannesburg in cents ({@code ZAc}), Tel Aviv in agorot ({@code ILA}). Prices are kept in the unit in which
 * the provider sends them; a price times its {@link #scale} is the price in the currency, exactly. Pure.
 */
public final class PriceUnit {
    private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");
    private static final BigDecimal THOUSANDTH = new BigDecimal("0.001");

    private static final Map<String, Minor> MINOR = Map.of(
            "GBp", new Minor("GBP", HUNDREDTH),
            "GBX", new Minor("GBP", HUNDREDTH),
            "ZAc", new Minor("ZAR", HUNDREDTH),
            "ZAC", new Minor("ZAR", HUNDREDTH),
            "ILA", new Minor("ILS", HUNDREDTH),
            "USX", new Minor("USD", HUNDREDTH),
            "KWF", new Minor("KWD", THOUSANDTH));

    private PriceUnit() {}

    private record Minor(String currency, BigDecimal scale) {}

    /** A unit as a provider writes it, in upper case if it is all in lower case: {@code usd} is {@code USD}. */
    public static String canonical(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return text.equals(lower) ? text.toUpperCase(Locale.ROOT) : text;
    }

    /** The currency that a unit is a part of; the unit itself where it is a currency. */
    public static String currencyOf(String unit) {
        Minor minor = MINOR.get(unit);
        return minor == null ? unit : minor.currency();
    }

    /** What a price in this unit is multiplied by to get the price in the currency: 0.01 for {@code GBp}, else 1. */
    public static BigDecimal scale(String unit) {
        Minor minor = MINOR.get(unit);
        return minor == null ? BigDecimal.ONE : minor.scale();
    }

    /** A price in a unit as one in its currency, exactly. */
    public static BigDecimal inCurrency(BigDecimal price, String unit) {
        BigDecimal scale = scale(unit);
        return scale.compareTo(BigDecimal.ONE) == 0 ? price : price.multiply(scale);
    }
}
