package io.marketbrain.payload;

import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.MarketDataBounds;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Decimals in payloads whose format has no numbers of its own: ASCII digits with a sign, a point and an exponent where
 * there are any, exact and with the scale that was sent. Thousands separators make a text no decimal. Pure.
 */
final class SentDecimal {
    private SentDecimal() {}

    /** The decimal that {@code text} is; empty if it is none, or larger than the limits allow. */
    static Optional<BigDecimal> find(String text, PayloadLimits limits) {
        if (text.isEmpty() || text.length() > limits.numberLength()) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // BigDecimal would also read the digits of other scripts.
            if ((c < '0' || c > '9') && ".+-eE".indexOf(c) < 0) {
                return Optional.empty();
            }
        }
        try {
            var value = new BigDecimal(text);
            return MarketDataBounds.isDecimal(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
