package io.marketbrain.provider.mapping.request;

import io.marketbrain.model.Interval;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.notation.TimeFormat;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How requests write times, intervals and limits.
 *
 * @param time the format of {@code from} and {@code to}
 * @param exclusive whether the provider's range excludes its start, which the gateway's does not
 * @param inclusive whether the provider's range includes its end, which the gateway's does not
 * @param intervals the provider's names of intervals, where they differ from the gateway's
 * @param mostRecords the most records that one request may ask for
 * @param allowed the only numbers of records that a request may ask for, in ascending order; empty for any
 * @param adjustments the provider's words for what prices are adjusted for, the default first; empty if requests need none
 * @param named the adjustments that this request can ask for by a word of its own
 */
public record RequestFormat(
        TimeFormat time,
        boolean exclusive,
        boolean inclusive,
        Map<Interval, String> intervals,
        int mostRecords,
        List<Integer> allowed,
        Map<Adjustment, String> adjustments,
        Set<Adjustment> named) {
    private static final int MOST = 1_000_000;

    /** Reads {@code time}, {@code from}, {@code to}, {@code intervals}, {@code most}, {@code limits} and {@code adjustments} of a request. */
    static RequestFormat read(DescriptorObject json, List<Adjustment> offered) {
        TimeFormat time = json.has("time") ? TimeFormat.read(json.object("time")) : TimeFormat.MILLIS;
        boolean exclusive = !isInclusive(json, "from", true);
        boolean inclusive = isInclusive(json, "to", false);
        Map<Interval, String> intervals = intervals(json);
        List<Integer> allowed = json.has("limits")
                ? json.integers("limits", 1, MOST).stream().sorted().toList()
                : List.of();
        Set<Adjustment> named = Arrays.stream(Adjustment.values())
                .filter(kind -> json.findObject("adjustments")
                        .filter(words -> words.has(kind.wire()))
                        .isPresent())
                .collect(Collectors.toUnmodifiableSet());
        return new RequestFormat(
                time,
                exclusive,
                inclusive,
                intervals,
                json.integer("most", 1, MOST, MOST),
                allowed,
                adjustments(json, offered),
                named);
    }

    /** The names of intervals under {@code intervals}; empty if there are none. */
    public static Map<Interval, String> intervals(DescriptorObject json) {
        var intervals = new EnumMap<Interval, String>(Interval.class);
        json.findObject("intervals")
                .ifPresent(names -> names.names()
                        .forEach(name -> intervals.put(
                                Interval.find(name)
                                        .orElseThrow(() -> names.wrong(name, "is not the name of an interval")),
                                names.text(name))));
        return intervals;
    }

    /** The same with other names of intervals; itself if there are none. */
    RequestFormat withIntervals(Map<Interval, String> others) {
        return others.isEmpty()
                ? this
                : new RequestFormat(time, exclusive, inclusive, others, mostRecords, allowed, adjustments, named);
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

    private static Map<Adjustment, String> adjustments(DescriptorObject json, List<Adjustment> offered) {
        Optional<DescriptorObject> words = json.findObject("adjustments");
        var adjustments = new LinkedHashMap<Adjustment, String>();
        for (Adjustment kind : offered) {
            adjustments.put(
                    kind, words.flatMap(all -> all.findText(kind.wire())).orElse(kind.wire()));
        }
        words.ifPresent(DescriptorObject::end);
        return adjustments;
    }

    /** The provider's word for an adjustment, or for its default; empty where it offers no choice. */
    Optional<String> adjustment(@Nullable Adjustment wanted) {
        return wanted == null
                ? adjustments.values().stream().findFirst()
                : Optional.ofNullable(adjustments.get(wanted));
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
