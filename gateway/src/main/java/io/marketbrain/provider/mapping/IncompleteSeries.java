package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.provider.mapping.response.RowContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Responses that have only a part of a series, or one that cannot be told in one unit. Pure. */
final class IncompleteSeries {
    private IncompleteSeries() {}

    /** The failure of a response with rows of the series. */
    static Optional<Failure> find(SeriesQuery q, ResponseMapping mapping, List<RowContext> rows)
            throws MalformedPayload {
        if (lacksBeginning(q, mapping, rows)) {
            return Optional.of(new Failure.Unsupported(
                    q.provider(),
                    q.provider() + " sends only the latest " + mapping.series().page() + " values of a range, and "
                            + q.subject() + " has more in this one; ask for a later or a shorter range"));
        }
        var currencies = new TreeSet<String>();
        for (RowContext row : rows) {
            if (MappedSeries.isInRange(q, mapping.fields().time(row))) {
                mapping.fields().findCurrency(row).ifPresent(currencies::add);
            }
        }
        return currencies.size() < 2
                ? Optional.empty()
                : Optional.of(new Failure.Unsupported(
                        q.provider(),
                        "the values of " + q.subject() + " are in several currencies, "
                                + String.join(" and ", currencies) + "; ask for shorter ranges"));
    }

    /** Whether older rows that a full page has no place for are in the range, or all rows that were asked for. */
    private static boolean lacksBeginning(SeriesQuery q, ResponseMapping mapping, List<RowContext> rows)
            throws MalformedPayload {
        int page = mapping.series().page();
        if (page == 0 || rows.size() < page || (q.from() == null && q.to() == null)) {
            return false;
        }
        Instant oldest = Instant.MAX;
        for (RowContext row : rows) {
            Instant time = mapping.fields().time(row);
            oldest = time.isBefore(oldest) ? time : oldest;
        }
        return q.from() == null ? !oldest.isBefore(q.to()) : oldest.isAfter(q.from());
    }
}
