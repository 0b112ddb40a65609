package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.text.ProseText;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import java.util.Optional;

/** What a row says about its series besides the value and its unit: texts as the provider writes them, cleaned. */
record SeriesText(Optional<String> title, Optional<String> frequency, Optional<String> seasonalAdjustment) {
    static final SeriesText NONE = new SeriesText(Optional.empty(), Optional.empty(), Optional.empty());

    static SeriesText of(RowFields fields, RowContext row) throws MalformedPayload {
        return new SeriesText(
                find(fields, "title", row), find(fields, "frequency", row), find(fields, "seasonal_adjustment", row));
    }

    /** A text of a row; an empty one says nothing. */
    static Optional<String> find(RowFields fields, String name, RowContext row) throws MalformedPayload {
        return fields.findText(name, row).map(ProseText.TITLE::clean).filter(text -> !text.isEmpty());
    }
}
