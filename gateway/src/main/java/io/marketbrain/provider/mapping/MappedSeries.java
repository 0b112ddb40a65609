package io.marketbrain.provider.mapping;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.price.SeriesDetails;
import io.marketbrain.model.price.ShareRatio;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.model.series.SeriesKind;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import io.marketbrain.provider.mapping.response.SplitText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Makes series of the rows that a mapping finds: oldest first; of more than requested, the first from the start of the range, or
 * the latest where it has none. Pure.
 */
final class MappedSeries {
    private MappedSeries() {}

    static Series read(Descriptor descriptor, SeriesQuery q, ResponseMapping mapping, RawPayload raw)
            throws MalformedPayload {
        Optional<InstrumentSeries> about = InstrumentSeries.find(q.id());
        RowFields fields = mapping.fields();
        List<VersionedValue> versions = new ArrayList<>();
        String currency = null;
        RowContext document = mapping.document(q, descriptor.symbols(), raw);
        List<RowContext> rows = mapping.completeRows(document, raw);
        SeriesText text = rows.isEmpty() ? SeriesText.NONE : SeriesText.of(fields, rows.getLast());
        List<RowContext> measured = q.isDescription() ? rows : new ArrayList<>();
        for (RowContext row : q.isDescription() ? List.<RowContext>of() : rows) {
            Instant time = fields.time(row);
            Optional<Observation> seen = observation(about, time, fields, row);
            if (seen.isPresent() && isInRange(q, time)) {
                // IncompleteSeries has seen that all rows name the same one.
                currency = fields.findCurrency(row).orElse(currency);
                if (seen.get().value() != null) {
                    measured.add(row);
                }
                versions.add(new VersionedValue(
                        seen.get(), fields.findText("version", row).orElse("")));
            }
        }
        SeriesUnit unit = unit(fields, measured);
        boolean isOfDividends =
                about.filter(one -> one.kind() == SeriesKind.DIVIDENDS).isPresent();
        List<Observation> found = isOfDividends ? VersionedValue.distinct(versions) : VersionedValue.latest(versions);
        int excess = Math.max(0, found.size() - q.limit());
        List<Observation> kept =
                q.from() == null ? found.subList(excess, found.size()) : found.subList(0, found.size() - excess);
        return new Series(
                q.id(),
                mapping.series()
                        .findTitle(document)
                        .or(text::title)
                        .orElseGet(() -> about.map(InstrumentSeries::title).orElse(q.id())),
                currency == null
                        ? mapping.series().findUnit(document).or(unit::unit).orElse(null)
                        : currency,
                new SeriesDetails(
                        unit.multiplierOrNull(),
                        text.frequency().orElse(null),
                        text.seasonalAdjustment().orElse(null)),
                mapping.series().adjustment().orElse(null),
                kept,
                kept.isEmpty() ? null : kept.getLast().time());
    }

    /** What all of these rows say that their values are in. */
    private static SeriesUnit unit(RowFields fields, List<RowContext> rows) throws MalformedPayload {
        SeriesUnit unit = rows.isEmpty() ? SeriesUnit.NONE : SeriesUnit.of(fields, rows.getFirst());
        for (RowContext row : rows) {
            unit = unit.and(SeriesUnit.of(fields, row));
        }
        return unit;
    }

    /** What a row says; nothing if it says that there was no dividend or split. */
    private static Optional<Observation> observation(
            Optional<InstrumentSeries> about, Instant time, RowFields fields, RowContext row) throws MalformedPayload {
        if (about.isPresent() && about.get().kind() == SeriesKind.SPLITS) {
            return split(fields, row)
                    .map(ratio -> new Observation(time, ratio.exact().orElse(null), ratio));
        }
        BigDecimal value = fields.find("value", row).orElse(null);
        if (about.isEmpty() || value == null) {
            return Optional.of(new Observation(time, value));
        }
        SeriesKind kind = about.get().kind();
        if (value.signum() < 0 && kind != SeriesKind.FUNDING_RATE) {
            throw new MalformedPayload("the value of " + row.row() + " is below zero");
        }
        boolean none = value.signum() == 0
                && (kind == SeriesKind.DIVIDENDS || kind == SeriesKind.MARK_PRICE || kind == SeriesKind.PRICE);
        return none ? Optional.empty() : Optional.of(new Observation(time, value));
    }

    private static Optional<ShareRatio> split(RowFields fields, RowContext row) throws MalformedPayload {
        Optional<String> shares = fields.findText("value", row);
        Optional<String> before = fields.findText("old_shares", row);
        if (shares.isEmpty() || (before.isEmpty() && fields.has("old_shares"))) {
            throw new ChangedPayload(row.row() + " does not say how many shares there were before and after a split");
        }
        return SplitText.read(shares.get() + before.map(old -> ":" + old).orElse(""), row);
    }

    /** Whether a value of this time was asked for. */
    static boolean isInRange(SeriesQuery q, Instant time) {
        return (q.from() == null || !time.isBefore(q.from())) && (q.to() == null || time.isBefore(q.to()));
    }

    /** A value of a series and the version of it, such as the day until which it was the published one. */
    private record VersionedValue(Observation observation, String name) {
        /** The latest version of each value, oldest first; two values of one version at one time are of two series. */
        static List<Observation> latest(List<VersionedValue> all) throws MalformedPayload {
            all.sort(Comparator.comparing((VersionedValue one) -> one.observation.time())
                    .thenComparing(VersionedValue::name));
            List<Observation> latest = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                VersionedValue one = all.get(i);
                VersionedValue next = i + 1 < all.size() ? all.get(i + 1) : null;
                if (next == null || !next.observation.time().equals(one.observation.time())) {
                    latest.add(one.observation);
                } else if (next.name.equals(one.name) && !next.says(one)) {
                    throw new MalformedPayload("the document has several values for one time");
                }
            }
            return latest;
        }

        /** Whether both have the same value, however many zeros it ends in. */
        private boolean says(VersionedValue other) {
            BigDecimal value = observation.value();
            BigDecimal another = other.observation.value();
            return (value == null || another == null)
                    ? observation.equals(other.observation)
                    : value.compareTo(another) == 0;
        }

        /**
         * Each value once, oldest first: a company may pay two different dividends on one day, and two equal ones if
         * their versions differ.
         */
        static List<Observation> distinct(List<VersionedValue> all) {
            var seen = new HashSet<List<Object>>();
            return all.stream()
                    .filter(one -> seen.add(List.of(
                            one.observation.time(),
                            Optional.ofNullable(one.observation.value()).map(BigDecimal::stripTrailingZeros),
                            one.name)))
                    .map(VersionedValue::observation)
                    .sorted(Comparator.comparing(Observation::time))
                    .toList();
        }
    }
}
