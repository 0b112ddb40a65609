package io.marketbrain.provider.symbols;

import io.marketbrain.model.price.CurrencyCodes;
import io.marketbrain.model.text.SymbolText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A symbol as charting tools write it: an exchange before a colon ({@code BINANCE:BTCUSDT}, {@code NASDAQ:AAPL},
 * {@code FX:EURUSD}, {@code TVC:SPX}), a perpetual swap with {@code .P} or {@code PERP} ({@code BTCUSDT.P}), or the nearest future
 * of a root ({@code COMEX:GC1!}). Immutable.
 *
 * @param venues the ids of the providers that are the exchange, in lower case; empty if none is or no exchange is named
 * @param texts the forms of this project that it may have been meant as; more than one only where the letters do not decide
 */
public record ChartingSymbol(List<String> venues, List<String> texts) {
    /** Exchanges whose name is not the id of their provider, or of which there are several providers. */
    private static final Map<String, List<String>> EXCHANGES = Map.of(
            "BINANCE",
            List.of("binance", "binancefutures"),
            "COINBASE",
            List.of("coinbase", "coinbaseadvanced"),
            "OKEX",
            List.of("okx"),
            "HUOBI",
            List.of("htx"),
            "GATEIO",
            List.of("gate"));

    /** Brokers and feeds of currency pairs, which are dealt over the counter: the pair is the same at all of them. */
    private static final Set<String> CURRENCY_FEEDS =
            Set.of("FX", "FX_IDC", "FOREXCOM", "OANDA", "SAXO", "PEPPERSTONE", "CURRENCY");

    private static final Set<String> FUTURES_EXCHANGES = Set.of(
            "COMEX", "COMEX_MINI", "NYMEX", "NYMEX_MINI", "CBOT", "CBOT_MINI", "CME", "CME_MINI", "ICEUS", "ICEEUR");

    /** Prices of coins that belong to no exchange. */
    private static final String ANY_EXCHANGE = "CRYPTO";

    private static final Pattern NEAREST_FUTURE = Pattern.compile("([A-Z0-9]{1,8})1!");
    private static final Pattern PERPETUAL =
            Pattern.compile("([\\p{L}0-9$]{1,24}?)[-_/]?(USDT|USDC|USD)(?:\\.P|[-_.]?PERP)");
    private static final Pattern CURRENCIES = Pattern.compile("([A-Z]{3})[-_/]?([A-Z]{3})");
    private static final String DOLLAR = "USD";

    public ChartingSymbol {
        venues = List.copyOf(venues);
        texts = List.copyOf(texts);
    }

    /**
     * What a text means in this form; empty if it is not of it.
     *
     * @param providers the ids of all providers; each may stand before a colon
     */
    public static Optional<ChartingSymbol> find(String text, Set<String> providers) {
        int colon = text.indexOf(':');
        if (colon < 0 && !text.endsWith("!") && !isMarkedPerpetual(text)) {
            return Optional.empty();
        }
        String upper = SymbolText.canonical(text);
        if (colon < 0) {
            return of(List.of(), withoutExchange(upper));
        }
        String exchange = upper.substring(0, colon);
        String symbol = upper.substring(colon + 1);
        if (symbol.isEmpty()) {
            return Optional.empty();
        }
        List<String> venues = venues(exchange, symbol, providers);
        if (!venues.isEmpty()) {
            List<String> marked = withoutExchange(symbol);
            return of(venues, marked.isEmpty() ? List.of(text.substring(colon + 1)) : marked);
        }
        return of(List.of(), texts(exchange, symbol));
    }

    private static Optional<ChartingSymbol> of(List<String> venues, List<String> texts) {
        return texts.isEmpty() ? Optional.empty() : Optional.of(new ChartingSymbol(venues, texts));
    }

    private static boolean isMarkedPerpetual(String text) {
        int length = text.length();
        return text.regionMatches(true, length - 2, ".P", 0, 2) || text.regionMatches(true, length - 4, "PERP", 0, 4);
    }

    /** The providers of an exchange; those of derivatives only where the symbol is marked as one. */
    private static List<String> venues(String exchange, String symbol, Set<String> providers) {
        String id = exchange.toLowerCase(Locale.ROOT);
        List<String> all = EXCHANGES.getOrDefault(exchange, List.of(id));
        boolean derivative = isMarkedPerpetual(symbol) || symbol.indexOf('_') >= 0;
        return all.stream()
                .filter(providers::contains)
                .filter(venue -> derivative || venue.equals(id) || !venue.endsWith("futures"))
                .toList();
    }

    private static List<String> texts(String exchange, String symbol) {
        Optional<String> index = KnownIndex.findCharted(exchange, symbol).map(one -> "^" + one.code());
        if (index.isPresent()) {
            return List.of(index.get());
        }
        if (CURRENCY_FEEDS.contains(exchange)) {
            return currencies(symbol).stream().toList();
        }
        if (FUTURES_EXCHANGES.contains(exchange)) {
            return nearestFuture(symbol).stream().toList();
        }
        if (exchange.equals(ANY_EXCHANGE)) {
            return List.of(KnownCoins.findPair(symbol).orElse(symbol));
        }
        return ListingMarket.namedBefore(exchange, symbol).stream()
                .map(market -> market.mic().equals(ListingMarket.US)
                        ? symbol + "." + ListingMarket.US
                        : symbol + "@" + market.mic())
                .toList();
    }

    private static List<String> withoutExchange(String symbol) {
        return Stream.concat(nearestFuture(symbol).stream(), perpetuals(symbol).stream())
                .toList();
    }

    private static Optional<String> nearestFuture(String symbol) {
        Matcher matcher = NEAREST_FUTURE.matcher(symbol);
        return matcher.matches() ? Optional.of(matcher.group(1) + "=F") : Optional.empty();
    }

    /** A perpetual swap is settled in its quote, and one in dollars in its base or in dollars. */
    private static List<String> perpetuals(String symbol) {
        Matcher matcher = PERPETUAL.matcher(symbol);
        if (!matcher.matches()) {
            return List.of();
        }
        String base = KnownCoins.canonical(matcher.group(1));
        String quote = matcher.group(2);
        String pair = base + "/" + quote + ":";
        List<String> texts = new ArrayList<>(2);
        if (quote.equals(DOLLAR)) {
            texts.add(pair + base);
        }
        texts.add(pair + quote);
        return texts;
    }

    private static Optional<String> currencies(String symbol) {
        Matcher matcher = CURRENCIES.matcher(symbol);
        return matcher.matches()
                        && CurrencyCodes.isCurrency(matcher.group(1))
                        && CurrencyCodes.isCurrency(matcher.group(2))
                ? Optional.of(matcher.group(1) + matcher.group(2) + "=X")
                : Optional.empty();
    }
}
