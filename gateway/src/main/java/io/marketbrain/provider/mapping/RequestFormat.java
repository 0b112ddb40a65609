package io.marketbrain.provider.mapping;

import io.marketbrain.model.Interval;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * How requests write times, intervals and limits.
 *
 * @param time the format of {@code from} and {@code to}
 * @param inclusive whether the provider's range includes its end, which the gateway's does not
 * @param intervals the provider's names of intervals, where they differ from the gateway's
 * @param mostRecords the most records that one request may ask for
 */
record RequestFormat(TimeFormat time, boolean inclusive, Map<Interval, String> intervals, int mostRecords) {
    private static final int MOST = 1_000_000;

    /** Reads {@code time}, {@code to}, {@code intervals} and {@code most} of a request. */
    static RequestFormat read(DescriptorObject json) {
        TimeFormat time = json.has("time") ? TimeFormat.read(json.object("time")) : TimeFormat.MILLIS;
        boolean inclusive = json.findText("to").map(text -> switch (text) {
            case "inclusive" -> true;
            case "exclusive" -> false;
            default -> throw json.wrong("to", "must be inclusive or exclusive");
        }).orElse(false);
        var intervals = new EnumMap<Interval, String>(Interval.class);
        json.findObject("intervals").ifPresent(names -> names.names()
                .forEach(name -> intervals.put(
                        Interval.find(name)
                                .orElseThrow(() -> names.wrong(name, "is not the name of an interval")),
                        names.text(name))));
        return new RequestFormat(time, inclusive, intervals, json.integer("most", 1, MOST, MOST));
    }

    String interval(Interval interval) {
        return intervals.getOrDefault(interval, interval.wire());
    }

    String limit(int records) {
        return Integer.toString(Math.min(records, mostRecords));
    }

    String from(Instant from) {
        return time.write(from);
    }

    String to(Instant to) {
        return time.write(inclusive ? to.minusNanos(1) : to);
    }
}
