package io.marketbrain.provider.mapping;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.PayloadKind;
import io.marketbrain.provider.mapping.request.RequestFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Another form of an operation's response, such as CSV instead of JSON, or that of another version of the interface. It is
 * recognized by a text near its beginning, by a pattern of its beginning, or by texts that it does not contain.
 *
 * @param starts the texts of which the start of the body contains one, all without white space; empty for any
 * @param pattern what the start of the body begins with, without white space; null for anything
 * @param without the texts of which the body contains none, all without white space
 * @param intervals the intervals of candles that it has; empty for all
 * @param response how a body of this form is read
 */
record ResponseForm(
        List<String> starts,
        @Nullable Pattern pattern,
        List<String> without,
        Set<Interval> intervals,
        ResponseMapping response) {
    private static final int START = 2048;

    private static final Pattern IGNORED = Pattern.compile("[\\s\uFEFF]+");

    /** {@code {"start": ["timestamp,open"], "without": ["symbol"], "payload": "csv", "rows": …, "fields": …}}. */
    static ResponseForm read(
            DescriptorObject json,
            PayloadKind usual,
            BiFunction<DescriptorObject, PayloadKind, ResponseMapping> rules) {
        List<String> without = json.has("without") ? compactTexts(json, "without") : List.of();
        Pattern pattern =
                json.has("pattern") ? json.parsed("pattern", Pattern::compile, "must be a regular expression") : null;
        boolean isKnown = pattern != null || !without.isEmpty();
        List<String> starts = !isKnown || json.has("start") ? compactTexts(json, "start") : List.of();
        PayloadKind kind = json.has("payload") ? json.choice("payload", PayloadKind.class) : usual;
        Set<Interval> intervals = Set.copyOf(RequestFormat.intervals(json).keySet());
        ResponseMapping response = rules.apply(json, kind);
        json.end();
        return new ResponseForm(starts, pattern, without, intervals, response);
    }

    private static List<String> compactTexts(DescriptorObject json, String name) {
        return json.texts(name).stream().map(ResponseForm::compact).toList();
    }

    ResponseForm renamed(Map<String, String> names) {
        return new ResponseForm(starts, pattern, without, intervals, response.renamed(names));
    }

    /** Whether a response to this query may have the form. */
    boolean isFor(MarketQuery query) {
        return intervals.isEmpty() || (query instanceof CandlesQuery candles && intervals.contains(candles.interval()));
    }

    /**
     * Whether a body has the form.
     *
     * @param start the {@link #start} of the body
     * @param whole the {@link #whole} body
     */
    boolean fits(Supplier<String> start, Supplier<String> whole) {
        return (starts.isEmpty() || starts.stream().anyMatch(start.get()::contains))
                && (pattern == null || pattern.matcher(start.get()).lookingAt())
                && (without.isEmpty() || without.stream().noneMatch(whole.get()::contains));
    }

    /** As much of a body as is searched for the texts that forms begin with. */
    static String start(byte[] body) {
        return compact(text(body, START));
    }

    /** A body without its white space. */
    static String whole(byte[] body) {
        return compact(text(body, body.length));
    }

    /** The same text in a document that was written with less white space. */
    static String compact(String text) {
        return IGNORED.matcher(text).replaceAll("");
    }

    private static String text(byte[] body, int most) {
        return new String(body, 0, Math.min(most, body.length), StandardCharsets.UTF_8);
    }
}
