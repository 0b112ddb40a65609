package io.marketbrain.provider.mapping;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.text.ProseText;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.ValueSource;
import java.util.Optional;

/** The texts about a series: its title, by default its id, and its unit, by default none. */
record SeriesTexts(Optional<ValueSource> title, Optional<ValueSource> unit) {

    /** Reads {@code title} and {@code unit}. */
    static SeriesTexts read(DescriptorObject response) {
        return new SeriesTexts(ValueSource.findText(response, "title"), ValueSource.findText(response, "unit"));
    }

    /** The same, where those that are missing are the other ones, unless a response has to say these. */
    SeriesTexts or(SeriesTexts other) {
        return new SeriesTexts(
                title.or(() -> other.title.filter(ValueSource::isConstant)),
                unit.or(() -> other.unit.filter(ValueSource::isConstant)));
    }

    Optional<String> findTitle(RowContext document) throws MalformedPayload {
        return find(title, document);
    }

    Optional<String> findUnit(RowContext document) throws MalformedPayload {
        return find(unit, document);
    }

    /** One that the document should have must be there, unless it is optional. */
    private static Optional<String> find(Optional<ValueSource> source, RowContext document) throws MalformedPayload {
        if (source.isEmpty()) {
            return Optional.empty();
        }
        Optional<PayloadNode> found = source.get().find(document);
        if (found.isPresent()) {
            return Optional.of(ProseText.TITLE.clean(found.get().text()));
        }
        if (!source.get().isConstant() && !source.get().optional()) {
            throw new ChangedPayload(document.document() + " lacks a documented value");
        }
        return Optional.empty();
    }
}
