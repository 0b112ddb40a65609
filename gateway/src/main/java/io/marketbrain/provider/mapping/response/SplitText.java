package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketDataBounds;
import io.marketbrain.model.price.ShareRatio;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads the text of a split, which is {@code 4}, {@code 4:1} or {@code 4/1} for four new shares for an old one. Pure. */
public final class SplitText {
    private SplitText() {}

    /** The ratio; empty if it says that there was no split: 0, or as many shares as before. */
    public static Optional<ShareRatio> read(String text, RowContext row) throws MalformedPayload {
        String[] parts = text.strip().split("[:/]", -1);
        try {
            BigDecimal numerator = new BigDecimal(parts[0].strip());
            BigDecimal denominator = parts.length == 1 ? BigDecimal.ONE : new BigDecimal(parts[1].strip());
            boolean none = numerator.signum() == 0 || numerator.compareTo(denominator) == 0;
            if (parts.length > 2
                    || !MarketDataBounds.isDecimal(numerator)
                    || !MarketDataBounds.isDecimal(denominator)
                    || numerator.signum() < 0
                    || (!none && denominator.signum() <= 0)) {
                throw new MalformedPayload("the split of " + row.row() + " is not a ratio");
            }
            return none ? Optional.empty() : Optional.of(new ShareRatio(plain(numerator), plain(denominator)));
        } catch (NumberFormatException e) {
            throw new MalformedPayload("the split of " + row.row() + " is not a ratio");
        }
    }

    /** {@code 4.0000} as {@code 4}. */
    private static BigDecimal plain(BigDecimal part) {
        BigDecimal stripped = part.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
