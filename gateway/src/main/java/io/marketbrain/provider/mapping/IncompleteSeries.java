package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.mapping.response.RowContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Responses that have only a part of a series, or one that cannot be told in one unit. Pure. */
final class IncompleteSeries {
    private IncompleteSeries() {}

    /**
     * The failure of a response with rows of the series.
     *
     * @param sent how many rows it has, also those that do not count
     */
    static Optional<Failure> find(
            SeriesQuery q, ResponseMapping mapping, int sent, List<RowContext> rows, Instant receivedAt)
            throws MalformedPayload {
        Optional<Failure> expired = findExpired(q, mapping, rows, receivedAt);
        if (expired.isPresent()) {
            return expired;
        }
        if (isFull(mapping, sent) && lacksBeginning(q, mapping, rows)) {
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

    /** The failure of a response to a query for values older than the provider keeps, unless it has them all the same. */
    static Optional<Failure> findExpired(
            SeriesQuery q, ResponseMapping mapping, List<RowContext> rows, Instant receivedAt) throws MalformedPayload {
        int days = mapping.series().historyDays();
        Instant begin = q.from() == null ? q.to() : q.from();
        boolean isRecent = days == 0 || begin == null || !begin.isBefore(receivedAt.minus(Duration.ofDays(days)));
        if (isRecent || !beginsLater(q, mapping, rows)) {
            return Optional.empty();
        }
        return Optional.of(new Failure.Unsupported(
                q.provider(),
                q.provider() + " has only the last " + days + " days of " + q.subject() + "; ask for a later range"));
    }

    /**
     * What a valid response that has fewer values than were asked for lacks of them; empty if there are no more.
     *
     * @param all the rows of the response, also those that do not count
     */
    static Optional<String> findLimitation(
            SeriesQuery q, ResponseMapping mapping, SymbolRules symbols, List<RowContext> all) throws MalformedPayload {
        if (!isFull(mapping, all.size())) {
            return Optional.empty();
        }
        int page = mapping.series().page();
        String most = q.provider() + " sends at most " + page + " values at once, and may have ";
        if (q.from() != null) {
            // The newest values of a range without its beginning have been refused.
            return mapping.series().endsFirst() || reachesEnd(q, mapping, all)
                    ? Optional.empty()
                    : Optional.of(most + "later ones; ask for a range that begins at the last of these");
        }
        if (mapping.requests().sendsEnd(q, symbols)) {
            return Optional.of(most + "older ones; ask for a range that ends at the first of these");
        }
        return Optional.of(
                mapping.series().endsFirst()
                        ? q.provider() + " sends only the latest " + page + " values, and may have older ones"
                        : most + "older ones; ask for a range that begins earlier");
    }

    /** What the values of one calendar year lack of a range, where they are fewer than were asked for. */
    static Optional<String> findOtherYears(SeriesQuery q, Instant receivedAt) {
        String sent = q.provider() + " sends the values of one calendar year, and may have ";
        if (q.from() == null) {
            return Optional.of(sent + "older ones; ask for a range that begins earlier");
        }
        Instant end = q.to() == null ? receivedAt : q.to().minusNanos(1);
        return year(end) > year(q.from())
                ? Optional.of(sent + "later ones; ask for a range that begins in the next year")
                : Optional.empty();
    }

    private static int year(Instant time) {
        return time.atOffset(ZoneOffset.UTC).getYear();
    }

    /** Whether a response goes on after the end of the range, which some requests do not name. */
    private static boolean reachesEnd(SeriesQuery q, ResponseMapping mapping, List<RowContext> all)
            throws MalformedPayload {
        for (RowContext row : mapping.complete(all)) {
            if (q.to() != null && !mapping.fields().time(row).isBefore(q.to())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFull(ResponseMapping mapping, int sent) {
        int page = mapping.series().page();
        return page > 0 && sent >= page;
    }

    /** Whether older rows that a full page has no place for are in the range, or all rows that were asked for. */
    private static boolean lacksBeginning(SeriesQuery q, ResponseMapping mapping, List<RowContext> rows)
            throws MalformedPayload {
        if (q.from() == null ? q.to() == null : !mapping.series().endsFirst()) {
            return false;
        }
        return beginsLater(q, mapping, rows);
    }

    /** Whether a range begins before the oldest row, or ends there if it has no start. */
    private static boolean beginsLater(SeriesQuery q, ResponseMapping mapping, List<RowContext> rows)
            throws MalformedPayload {
        Instant oldest = Instant.MAX;
        for (RowContext row : rows) {
            Instant time = mapping.fields().time(row);
            oldest = time.isBefore(oldest) ? time : oldest;
        }
        return q.from() == null ? !oldest.isBefore(q.to()) : oldest.isAfter(q.from());
    }
}
