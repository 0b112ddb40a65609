package io.marketbrain.cli.providers;

import io.marketbrain.model.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words of a saved response that may be the symbol that was asked for, and those that may be one together: the currencies of a
 * pair in two parameters, the data set and the key of a series in two segments of a path.
 *
 * @param values the values in the body
 * @param keys the names of members in the body, or the cells of a table
 * @param address in the address
 * @param pairs two values of the body that are near one another, one of the body and one of the address, and the ids of its series
 */
record SampleWords(List<String> values, List<String> keys, Set<String> address, Set<String> pairs) {
    private static final Pattern PARTS = Pattern.compile("[,;|:+ .]+");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9-]{2,24}");
    private static final Pattern QUOTED = Pattern.compile("\"(?![0-9.:-]*\")([A-Za-z0-9/:_.^=-]{2,40})\"(\\s*:)?");
    private static final Pattern CELL = Pattern.compile("([A-Za-z0-9/:_.^=-]{2,40})(?:[,;\t\r\n]|$)()");
    private static final Set<String> NO_SYMBOLS =
            Set.of("redacted", "csv", "json", "xml", "true", "false", "ok", "success", "error", "utf-8");
    private static final Pattern ONE_SERIES = Pattern.compile("[^*+]*[\\p{L}\\p{N}][^*+]*");

    /** A part of a key that is open: {@code D..EUR.SP00.A}, {@code *.S13.G2M}. */
    private static final Pattern OPEN_CODE = Pattern.compile("(?<=\\.)\\*?(?=\\.)|^\\*(?=\\.)|(?<=\\.)\\*$");

    private static final int SEARCHED = 1 << 16;
    private static final int MOST_NAMES = 80;
    private static final int MOST_CODES = 24;
    private static final int MOST_PARTS = 12;

    /** How far apart the two codes of a pair are in a body. */
    private static final int NEAR = 4;

    /** @param examples the provider's, whose data set may be that of a key with as many parts */
    static SampleWords of(SavedResponse response, List<String> examples) {
        List<String> seriesKeys = response.mayBe(Operation.SERIES) ? SeriesKeys.of(response.body()) : List.of();
        List<String> words = response.address().stream()
                .flatMap(SampleAddress::words)
                .filter(SampleWords::mayBeSymbol)
                .distinct()
                .toList();
        List<String> parts = words.stream()
                .flatMap(word -> Stream.concat(Stream.of(word), parts(word)))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        var address = new LinkedHashSet<>(parts);
        address.addAll(pairs(parts, parts.size()));
        List<MatchResult> names = names(response.body());
        List<String> values = distinct(names.stream().filter(name -> name.group(2) == null));
        List<String> keys = distinct(names.stream().filter(name -> name.group(2) != null));
        List<String> ofOneSeries = words.stream()
                .flatMap(word -> ofOneSeries(word, Stream.concat(values.stream(), keys.stream())))
                .toList();
        List<String> joined = joined(ofOneSeries);
        address.addAll(joined);
        address.addAll(ids(ofOneSeries, seriesKeys));
        address.addAll(ids(joined, seriesKeys));
        var pairs = new LinkedHashSet<String>();
        if (!seriesKeys.isEmpty()) {
            pairs.addAll(ids(SeriesKeys.dataSets(response.body()), seriesKeys));
        }
        seriesKeys.forEach(key -> pairs.addAll(asIn(examples, key)));
        pairs.addAll(seriesKeys);
        pairs.addAll(ids(values, seriesKeys));
        pairs.addAll(pairs(values, NEAR));
        pairs.addAll(crossed(values, parts));
        return new SampleWords(values, keys, address, pairs);
    }

    /** The parts of a word, and what is before its last underscore: {@code BTCUSDT_SPBL}. */
    private static Stream<String> parts(String word) {
        int end = word.lastIndexOf('_');
        return end > 0
                ? Stream.concat(Stream.of(word.substring(0, end)), PARTS.splitAsStream(word))
                : PARTS.splitAsStream(word);
    }

    /** A word that may be the key of a series or, if it is that of several by one code, the keys with codes of the body. */
    private static Stream<String> ofOneSeries(String word, Stream<String> codes) {
        Matcher open = OPEN_CODE.matcher(word);
        if (open.find()) {
            String before = word.substring(0, open.start());
            String after = word.substring(open.end());
            return codes.filter(code -> CODE.matcher(code).matches())
                    .limit(MOST_CODES)
                    .map(code -> before + code + after)
                    .filter(ONE_SERIES.asMatchPredicate());
        }
        return ONE_SERIES.matcher(word).matches() ? Stream.of(word) : Stream.empty();
    }

    /** A currency of the body and one of the address: the base that a response names and what was asked for. */
    private static List<String> crossed(List<String> values, List<String> parts) {
        return values.stream()
                .filter(value -> CURRENCY.matcher(value).matches())
                .limit(MOST_CODES)
                .flatMap(base -> parts.stream()
                        .filter(part -> CURRENCY.matcher(part).matches() && !part.equals(base))
                        .limit(MOST_CODES)
                        .map(quote -> base + "/" + quote))
                .toList();
    }

    private static List<String> distinct(Stream<MatchResult> names) {
        return names.map(name -> name.group(1))
                .filter(SampleWords::mayBeSymbol)
                .distinct()
                .toList();
    }

    private static boolean mayBeSymbol(String word) {
        return !word.isEmpty() && !NO_SYMBOLS.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Two codes in either order, as the base and the quote of a pair. */
    private static List<String> pairs(List<String> words, int near) {
        List<String> codes = words.stream()
                .filter(word -> CODE.matcher(word).matches())
                .limit(MOST_CODES)
                .toList();
        List<String> pairs = new ArrayList<>();
        for (int first = 0; first < codes.size(); first++) {
            for (int second = first + 1; second < Math.min(codes.size(), first + 1 + near); second++) {
                pairs.add(codes.get(first) + "/" + codes.get(second));
                pairs.add(codes.get(second) + "/" + codes.get(first));
            }
        }
        return pairs;
    }

    /** Two or three words in their order, as the id of a series has its parts. */
    private static List<String> joined(List<String> all) {
        List<String> words = all.stream().limit(MOST_PARTS).toList();
        List<String> joined = new ArrayList<>();
        for (int first = 0; first < words.size(); first++) {
            for (int second = first + 1; second < words.size(); second++) {
                String two = words.get(first) + "/" + words.get(second);
                joined.add(two);
                words.stream().skip(second + 1L).map(third -> two + "/" + third).forEach(joined::add);
            }
        }
        return joined;
    }

    /** A key in the data sets of the examples whose keys have as many parts. */
    private static List<String> asIn(List<String> examples, String key) {
        return examples.stream()
                .filter(example -> example.indexOf('/') > 0)
                .filter(example -> key.split("\\.", -1).length
                        == example.substring(example.lastIndexOf('/') + 1).split("\\.", -1).length)
                .map(example -> example.substring(0, example.lastIndexOf('/') + 1) + key)
                .toList();
    }

    /** The keys of series in each of these data sets. */
    private static List<String> ids(List<String> sets, List<String> seriesKeys) {
        return sets.stream()
                .flatMap(set -> seriesKeys.stream().map(key -> set + "/" + key))
                .toList();
    }

    /** The words in quotes, in JSON or XML, or those of a table. */
    private static List<MatchResult> names(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, SEARCHED), StandardCharsets.ISO_8859_1);
        boolean isTable = text.lines()
                        .findFirst()
                        .filter(line -> line.contains("\"") || line.contains("<"))
                        .isEmpty()
                && !text.startsWith("{")
                && !text.startsWith("[");
        return (isTable ? CELL : QUOTED)
                .matcher(text)
                .results()
                .limit(MOST_NAMES)
                .toList();
    }
}
