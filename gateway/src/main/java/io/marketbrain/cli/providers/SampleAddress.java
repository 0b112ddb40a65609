package io.marketbrain.cli.providers;

import io.marketbrain.model.series.SeriesKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The address of a sample as the request of a mapping: what is the query's own in it is replaced by names in braces. Immutable.
 *
 * @param base the address without path and query
 * @param parameters the query string, decoded
 */
record SampleAddress(String base, String path, Map<String, String> parameters) {
    private static final List<String> CREDENTIALS = List.of("key", "token", "secret", "sign", "auth");
    private static final Set<String> INTERVAL =
            Set.of("interval", "resolution", "granularity", "period", "timeframe", "bar", "timespan", "step");
    private static final Set<String> LIMIT = Set.of("limit", "count", "size", "outputsize", "num", "n");
    private static final Set<String> FROM = Set.of("from", "start", "since", "starttime", "startat", "begin");
    private static final Set<String> TO = Set.of("to", "end", "until", "endtime", "endat");
    private static final Set<String> FORMAT = Set.of("format", "fmt", "datatype", "dimensionatobservation");
    private static final Pattern ROLLING = Pattern.compile("(CURRENT|NEXT)_(WEEK|MONTH|QUARTER)");
    private static final Pattern OTHER_PRICES = Pattern.compile(
            "(?i)(mark|index|premium|fair)([-_]?(price|index))*[-_]?(kline|candle|ticker|price)|/(premium|get_)?index(es)?(/|$)");

    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z/]+");

    /**
     * The parts of a request that a descriptor needs.
     *
     * @param base the address without path and query
     * @param time the value of a parameter that is a time
     * @param key the parameter that carried the key, whose value is forgotten
     */
    record Request(
            String base,
            String path,
            Map<String, String> query,
            Map<String, String> optional,
            Optional<String> interval,
            Optional<Integer> limit,
            Optional<String> time,
            Optional<String> key) {}

    /** The address in a text; empty if it is not one of the web. */
    static Optional<SampleAddress> find(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getUserInfo() != null) {
                return Optional.empty();
            }
            String base = uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            String path = uri.getPath() == null || uri.getPath().isEmpty() ? "/" : uri.getPath();
            return Optional.of(new SampleAddress(base, path, parameters(uri.getRawQuery())));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (String part : query == null ? new String[0] : query.split("&", -1)) {
            int at = part.indexOf('=');
            if (at > 0) {
                parameters.put(decoded(part.substring(0, at)), decoded(part.substring(at + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The segments of the path and the values of the parameters; those that say the format of the response are left out. */
    Stream<String> words() {
        return Stream.concat(
                Stream.of(path.split("/", -1)),
                parameters.entrySet().stream()
                        .filter(parameter -> !FORMAT.contains(parameter.getKey().toLowerCase(Locale.ROOT)))
                        .map(Map.Entry::getValue));
    }

    /** Whether it names prices that are not those of trades, of marks, fair values or an index, or a contract by what it is at the time. */
    boolean isOfOtherPrices() {
        return OTHER_PRICES.matcher(path).find() || parameters.values().stream().anyMatch(ROLLING.asMatchPredicate());
    }

    /** The kind of series of an instrument that a segment of the path names: {@code openInterest}, {@code funding-rate}, {@code splits}. */
    Optional<SeriesKind> seriesKind() {
        return Arrays.stream(SeriesKind.values())
                .filter(kind -> kind != SeriesKind.PRICE)
                .filter(kind -> NO_LETTERS
                        .matcher(path.toLowerCase(Locale.ROOT))
                        .replaceAll("")
                        .contains(NO_LETTERS.matcher(kind.wire()).replaceAll("")))
                .findFirst();
    }

    /** Whether the address names the symbol. */
    boolean names(String symbol) {
        return path.contains(symbol) || parameters.values().stream().anyMatch(value -> value.contains(symbol));
    }

    /** The name in braces of a symbol that is written like this, with {@code {symbol}} in upper case. */
    static String placeholder(String symbol) {
        boolean lower =
                symbol.equals(symbol.toLowerCase(Locale.ROOT)) && !symbol.equals(symbol.toUpperCase(Locale.ROOT));
        return lower ? "{symbol|lower}" : "{symbol}";
    }

    /**
     * The request for any symbol. That of a quote has no interval, limit or range: what looks like them is constant.
     *
     * @throws ProviderDraft.Refused if it has a time that would be the same in each request, or is in an unknown format
     */
    Request request(String symbol, boolean candles) throws ProviderDraft.Refused {
        String name = placeholder(symbol);
        var query = new LinkedHashMap<String, String>();
        var optional = new LinkedHashMap<String, String>();
        Optional<String> interval = Optional.empty();
        Optional<Integer> limit = Optional.empty();
        Optional<String> time = Optional.empty();
        Optional<String> credential = Optional.empty();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String key = parameter.getKey();
            String plain = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
            String value = parameter.getValue();
            if (CREDENTIALS.stream().anyMatch(plain::contains)) {
                credential = Optional.of(key);
            } else if (candles && INTERVAL.contains(plain)) {
                interval = Optional.of(value);
                query.put(key, "{interval}");
            } else if (candles && LIMIT.contains(plain) && value.matches("[1-9][0-9]{0,5}")) {
                limit = Optional.of(Integer.valueOf(value));
                query.put(key, "{limit}");
            } else if ((FROM.contains(plain) || TO.contains(plain))
                    && (candles || TimeGuess.of(value).isPresent())) {
                if (!candles || TimeGuess.of(value).isEmpty()) {
                    throw new ProviderDraft.Refused("the address has the time '" + key + "=" + value
                            + (candles ? "', whose format is not known" : "', which a quote cannot have")
                            + "; leave it out of the address, or write the mapping by hand");
                }
                time = Optional.of(value);
                optional.put(key, FROM.contains(plain) ? "{from}" : "{to}");
            } else {
                query.put(key, value.replace(symbol, name));
            }
        }
        return new Request(base, path.replace(symbol, name), query, optional, interval, limit, time, credential);
    }
}
