package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketDataBounds;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What rows say that their values are in. A unit is not known without its multiplier where the mapping has one: the numbers
 * would be wrong by it.
 *
 * @param multiplier what a value is multiplied by to be in the unit, also 1; empty if the mapping has none, or the row
 */
record SeriesUnit(Optional<String> unit, Optional<BigDecimal> multiplier) {
    static final SeriesUnit NONE = new SeriesUnit(Optional.empty(), Optional.empty());

    private static final String MULTIPLIER = "unit_multiplier";

    static SeriesUnit of(RowFields fields, RowContext row) throws MalformedPayload {
        Optional<BigDecimal> multiplier = fields.find(MULTIPLIER, row);
        if (multiplier.isPresent() && !MarketDataBounds.isPrice(multiplier.get())) {
            throw new MalformedPayload(
                    row.row(), " has a unit multiplier that is not above zero or exceeds the size limits");
        }
        Optional<String> unit = multiplier.isEmpty() && fields.has(MULTIPLIER)
                ? Optional.empty()
                : SeriesText.find(fields, "unit", row);
        return new SeriesUnit(unit, multiplier);
    }

    /**
     * What two rows say: nothing if only one of them says it.
     *
     * @throws MalformedPayload if they say different things
     */
    SeriesUnit and(SeriesUnit other) throws MalformedPayload {
        if (equals(other)) {
            return this;
        }
        if (differ(unit, other.unit) || differ(multiplier, other.multiplier)) {
            throw new MalformedPayload("the values of the series are in several units");
        }
        return NONE;
    }

    private static <T> boolean differ(Optional<T> one, Optional<T> other) {
        return one.isPresent() && other.isPresent() && !one.equals(other);
    }

    /** Null for one, which changes nothing. */
    @Nullable
    BigDecimal multiplierOrNull() {
        return multiplier
                .filter(factor -> factor.compareTo(BigDecimal.ONE) != 0)
                .orElse(null);
    }
}
