package io.marketbrain.provider.mapping;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.model.text.ProseText;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.ValueSource;
import java.util.Optional;

/**
 * What a response says about a series besides its rows.
 *
 * @param title its title, by default its id
 * @param unit its unit, by default none
 * @param adjustment of dividends, what they are recalculated for
 * @param page how many rows a response has at most; 0 where there is no such number
 * @param endsFirst whether a full response has the newest rows of a range that has a start, and not its first ones
 * @param historyDays how many days back the provider has values; 0 where there is no such number
 * @param oneYear whether a response has the values of one calendar year only
 */
record SeriesRules(
        Optional<ValueSource> title,
        Optional<ValueSource> unit,
        Optional<Adjustment> adjustment,
        int page,
        boolean endsFirst,
        int historyDays,
        boolean oneYear) {
    private static final int LARGEST_PAGE = 100_000;
    private static final int LONGEST_HISTORY_DAYS = 36_600;

    /** Reads {@code title}, {@code unit}, {@code adjustment}, {@code newest} or {@code oldest}, {@code history_days} and {@code one_year}. */
    static SeriesRules read(DescriptorObject response) {
        int newest = response.integer("newest", 1, LARGEST_PAGE, 0);
        return new SeriesRules(
                ValueSource.findText(response, "title"),
                ValueSource.findText(response, "unit"),
                response.has("adjustment")
                        ? Optional.of(response.choice("adjustment", Adjustment.class))
                        : Optional.empty(),
                newest == 0 ? response.integer("oldest", 1, LARGEST_PAGE, 0) : newest,
                newest != 0,
                response.integer("history_days", 1, LONGEST_HISTORY_DAYS, 0),
                response.flag("one_year", false));
    }

    /** The same, where those that are missing are the other ones, unless a response has to say these. */
    SeriesRules or(SeriesRules other) {
        return new SeriesRules(
                title.or(() -> other.title.filter(ValueSource::isConstant)),
                unit.or(() -> other.unit.filter(ValueSource::isConstant)),
                adjustment.or(() -> other.adjustment),
                page == 0 ? other.page : page,
                page == 0 ? other.endsFirst : endsFirst,
                historyDays == 0 ? other.historyDays : historyDays,
                oneYear || other.oneYear);
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
