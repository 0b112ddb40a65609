package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.price.SeriesDetails;
import io.marketbrain.model.text.ProseText;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a row says about its series besides the value: texts as the provider writes them, cleaned. */
record SeriesText(Optional<String> title, Optional<String> unit, SeriesDetails details) {
    static final SeriesText NONE = new SeriesText(Optional.empty(), Optional.empty(), SeriesDetails.NONE);

    /** The texts of a row; an empty one says nothing. */
    static SeriesText of(RowFields fields, RowContext row) throws MalformedPayload {
        return new SeriesText(
                find(fields, "title", row),
                find(fields, "unit", row),
                new SeriesDetails(
                        multiplier(find(fields, "unit_multiplier", row), row),
                        find(fields, "frequency", row).orElse(null),
                        find(fields, "seasonal_adjustment", row).orElse(null)));
    }

    private static Optional<String> find(RowFields fields, String name, RowContext row) throws MalformedPayload {
        return fields.findText(name, row).map(ProseText.TITLE::clean).filter(text -> !text.isEmpty());
    }

    /** Null for one, which changes nothing. */
    private static @Nullable BigDecimal multiplier(Optional<String> text, RowContext row) throws MalformedPayload {
        if (text.isEmpty()) {
            return null;
        }
        try {
            var multiplier = new BigDecimal(text.get());
            return multiplier.compareTo(BigDecimal.ONE) == 0 ? null : multiplier;
        } catch (NumberFormatException e) {
            throw new MalformedPayload(row.row(), " has a unit multiplier that is no number");
        }
    }
}
