package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes series of the rows that a mapping finds: oldest first; of more than requested, the first from the start of the range, or
 * the latest where it has none. Pure.
 */
final class MappedSeries {
    private MappedSeries() {}

    static Series read(Descriptor descriptor, SeriesQuery q, ResponseMapping mapping, RawPayload raw)
            throws MalformedPayload {
        RowFields fields = mapping.fields();
        List<VersionedValue> versions = new ArrayList<>();
        RowContext document = mapping.document(q, descriptor.symbols(), raw);
        for (RowContext row : mapping.completeRows(document, raw)) {
            Instant time = fields.time(row);
            boolean early = q.from() != null && time.isBefore(q.from());
            boolean late = q.to() != null && !time.isBefore(q.to());
            if (!early && !late) {
                versions.add(new VersionedValue(
                        new Observation(time, fields.find("value", row).orElse(null)),
                        fields.findText("version", row).orElse("")));
            }
        }
        List<Observation> found = VersionedValue.latest(versions);
        int excess = Math.max(0, found.size() - q.limit());
        List<Observation> kept =
                q.from() == null ? found.subList(excess, found.size()) : found.subList(0, found.size() - excess);
        return new Series(
                q.id(),
                mapping.series().findTitle(document).orElse(q.id()),
                mapping.series().findUnit(document).orElse(null),
                kept,
                kept.isEmpty() ? null : kept.getLast().time());
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
                } else if (next.name.equals(one.name) && !next.equals(one)) {
                    throw new MalformedPayload("the document has several values for one time");
                }
            }
            return latest;
        }
    }
}
