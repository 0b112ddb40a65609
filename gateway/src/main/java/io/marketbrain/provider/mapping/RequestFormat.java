package io.marketbrain.provider.mapping;

import io.marketbrain.model.Interval;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How requests write times, intervals and limits.
 *
 * @param time the format of {@code from} and {@code to}
 * @param exclusive whether the provider's range excludes its start, which the gateway's does not
 * @param inclusive whether the provider's range includes its end, which the gateway's does not
 * @param intervals the provider's names of intervals, where they differ from the gateway's
 * @param mostRecords the most records that one request may ask for
 * @param allowed the only numbers of records that a request may ask for, in ascending order; empty for any
 */
record RequestFormat(
        TimeFormat time,
        boolean exclusive,
        boolean inclusive,
        Map<Interval, String> intervals,
        int mostRecords,
        List<Integer> allowed) {
    private static final int MOST = 1_000_000;

    /** Reads {@code time}, {@code from}, {@code to}, {@code intervals}, {@code most} and {@code limits} of a request. */
    static RequestFormat read(DescriptorObject json) {
        TimeFormat time = json.has("time") ? TimeFormat.read(json.object("time")) : TimeFormat.MILLIS;
        boolean exclusive = !isInclusive(json, "from", true);
        boolean inclusive = isInclusive(json, "to", false);
        var intervals = new EnumMap<Interval, String>(Interval.class);
        json.findObject("intervals")
                .ifPresent(names -> names.names()
                        .forEach(name -> intervals.put(
                                Interval.find(name)
                                        .orElseThrow(() -> names.wrong(name, "is not the name of an interval")),
                                names.text(name))));
        List<Integer> allowed = json.has("limits")
                ? json.integers("limits", 1, MOST).stream().sorted().toList()
                : List.of();
        return new RequestFormat(time, exclusive, inclusive, intervals, json.integer("most", 1, MOST, MOST), allowed);
    }

    private static boolean isInclusive(DescriptorObject json, String end, boolean usual) {
        return json.findText(end)
                .map(text -> switch (text) {
                    case "inclusive" -> true;
                    case "exclusive" -> false;
                    default -> throw json.wrong(end, "must be inclusive or exclusive");
                })
                .orElse(usual);
    }

    String interval(Interval interval) {
        return intervals.getOrDefault(interval, interval.wire());
    }

    /** The number to ask for: of the allowed ones the smallest that is enough, or the largest. */
    String limit(int records) {
        int wanted = Math.min(records, mostRecords);
        for (int number : allowed) {
            if (number >= wanted) {
                return Integer.toString(number);
            }
        }
        return Integer.toString(allowed.isEmpty() ? wanted : allowed.getLast());
    }

    String from(Instant from) {
        return time.write(exclusive ? from.minusNanos(1) : from);
    }

    String to(Instant to) {
        return time.write(inclusive ? to.minusNanos(1) : to);
    }
}
