package io.marketbrain.cli.providers;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The interval of saved candles whose address does not say it in the provider's own way. */
final class SampleIntervals {
    private static final Map<Interval, Pattern> WORDS = new EnumMap<>(Map.of(
            Interval.M1, word("histominute"),
            Interval.H1, word("histohour"),
            Interval.D1, word("daily|prev|eod|histoday"),
            Interval.W1, word("weekly"),
            Interval.MO1, word("monthly")));
    private static final Duration SHORTEST_MONTH = Duration.ofDays(28);
    private static final Duration LONGEST_MONTH = Duration.ofDays(31);

    private SampleIntervals() {}

    private static Pattern word(String words) {
        return Pattern.compile("(?i)(?<![a-z])(" + words + ")(?![a-z])");
    }

    /** The one that a word of the address means, such as {@code daily}; empty if there is none, or several do. */
    static Optional<Interval> named(SampleAddress address) {
        String text =
                address.path() + " " + String.join(" ", address.parameters().values());
        List<Interval> named = WORDS.entrySet().stream()
                .filter(word -> word.getValue().matcher(text).find())
                .map(Map.Entry::getKey)
                .toList();
        return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }

    /** The one that most candles are apart; the shorter one if two are as common. */
    static Optional<Interval> between(List<Candle> candles) {
        List<Instant> times =
                candles.stream().map(Candle::openTime).distinct().sorted().toList();
        var counts = new EnumMap<Interval, Integer>(Interval.class);
        for (int i = 1; i < times.size(); i++) {
            ofLength(Duration.between(times.get(i - 1), times.get(i)))
                    .ifPresent(interval -> counts.merge(interval, 1, Integer::sum));
        }
        return counts.entrySet().stream()
                .max(Map.Entry.<Interval, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey);
    }

    private static Optional<Interval> ofLength(Duration length) {
        if (length.compareTo(SHORTEST_MONTH) >= 0 && length.compareTo(LONGEST_MONTH) <= 0) {
            return Optional.of(Interval.MO1);
        }
        return List.of(Interval.values()).stream()
                .filter(interval ->
                        interval != Interval.MO1 && interval.length().equals(length))
                .findFirst();
    }
}
