package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.Map;
import java.util.Optional;

/**
 * Which rows of a payload count.
 *
 * @param where what rows must have to count; others are of something else
 * @param whereKnown the same, where a text counts only if the query has its value
 * @param codes codes of which rows that count have no other one of the same length
 * @param unless what rows that do not count have
 * @param key the key of the requested series of an SDMX message
 */
record RowSelection(
        Optional<TextMatch> where,
        Optional<TextMatch> whereKnown,
        Optional<TextMatch> codes,
        Optional<TextMatch> unless,
        SeriesKey key) {

    /** All rows. */
    static final RowSelection ALL =
            new RowSelection(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), SeriesKey.ANY);

    /** Reads {@code where}, {@code where_known}, {@code codes}, {@code unless}, and {@code key} of an SDMX message. */
    static RowSelection read(DescriptorObject json, boolean sdmx) {
        return new RowSelection(
                TextMatch.find(json, "where"),
                TextMatch.find(json, "where_known"),
                TextMatch.find(json, "codes"),
                TextMatch.find(json, "unless"),
                sdmx && json.has("key") ? SeriesKey.read(json) : SeriesKey.ANY);
    }

    /** Whether rows may be of something else than the query. */
    boolean isAboutQuery() {
        return where.isPresent() || whereKnown.isPresent() || codes.isPresent() || !key.isAny();
    }

    /** Whether all rows count. */
    boolean isEverything() {
        return !isAboutQuery() && unless.isEmpty();
    }

    boolean fits(PayloadNode row, Map<String, String> values) throws MalformedPayload {
        return key.fits(row, values)
                && (where.isEmpty() || where.get().fits(row, values))
                && (whereKnown.isEmpty() || whereKnown.get().known(values).fits(row, values))
                && (codes.isEmpty() || codes.get().fitsAsCodes(row, values))
                && (unless.isEmpty() || !unless.get().touches(row, values));
    }
}
