package io.marketbrain.provider.symbols;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A well-known instrument: the main crypto pairs, pairs of currencies and metals, stock indices and futures. */
public record KnownInstrument(Instrument instrument, String name) {
    private static final List<String> COIN_QUOTES = List.of("USD", "USDT", "EUR");

    private static final String DOLLAR = "USD";

    /** Quoted against the dollar, with the dollar as quote. */
    private static final List<String> BEFORE_DOLLAR = List.of("EUR", "GBP", "AUD", "NZD");

    private static final Map<String, String> CURRENCIES = new LinkedHashMap<>();
    private static final Map<String, String> METALS = new LinkedHashMap<>();
    private static final Map<String, String> FUTURES = new LinkedHashMap<>();

    static {
        METALS.put("XAU", "Gold (troy ounce)");
        METALS.put("XAG", "Silver (troy ounce)");
        METALS.put("XPT", "Platinum (troy ounce)");
        METALS.put("XPD", "Palladium (troy ounce)");
        FUTURES.put("GC=F", "Gold");
        FUTURES.put("SI=F", "Silver");
        FUTURES.put("HG=F", "Copper");
        FUTURES.put("CL=F", "WTI crude oil");
        FUTURES.put("BZ=F", "Brent crude oil");
        FUTURES.put("NG=F", "Natural gas");
        FUTURES.put("ZC=F", "Corn");
        FUTURES.put("ZW=F", "Wheat");
        FUTURES.put("ES=F", "E-mini S&P 500");
        FUTURES.put("NQ=F", "E-mini Nasdaq-100");
        CURRENCIES.put("EUR", "Euro");
        CURRENCIES.put("GBP", "Pound sterling");
        CURRENCIES.put("JPY", "Japanese yen");
        CURRENCIES.put("CHF", "Swiss franc");
        CURRENCIES.put("CAD", "Canadian dollar");
        CURRENCIES.put("AUD", "Australian dollar");
        CURRENCIES.put("NZD", "New Zealand dollar");
        CURRENCIES.put("CNY", "Chinese yuan");
        CURRENCIES.put("HKD", "Hong Kong dollar");
        CURRENCIES.put("SGD", "Singapore dollar");
        CURRENCIES.put("KRW", "South Korean won");
        CURRENCIES.put("INR", "Indian rupee");
        CURRENCIES.put("SEK", "Swedish krona");
        CURRENCIES.put("NOK", "Norwegian krone");
        CURRENCIES.put("DKK", "Danish krone");
        CURRENCIES.put("PLN", "Polish zloty");
        CURRENCIES.put("CZK", "Czech koruna");
        CURRENCIES.put("HUF", "Hungarian forint");
        CURRENCIES.put("TRY", "Turkish lira");
        CURRENCIES.put("ILS", "Israeli shekel");
        CURRENCIES.put("ZAR", "South African rand");
        CURRENCIES.put("MXN", "Mexican peso");
        CURRENCIES.put("BRL", "Brazilian real");
    }

    /** All of them, the best known of each kind first. */
    public static List<KnownInstrument> all() {
        List<KnownInstrument> all = new ArrayList<>();
        CURRENCIES.forEach((code, name) -> {
            boolean first = BEFORE_DOLLAR.contains(code);
            all.add(first ? currencies(code, DOLLAR, name, "US dollar") : currencies(DOLLAR, code, "US dollar", name));
        });
        CURRENCIES.forEach((code, name) -> {
            if (!code.equals("EUR")) {
                all.add(currencies("EUR", code, "Euro", name));
            }
        });
        METALS.forEach((code, name) -> all.add(currencies(code, DOLLAR, name, "US dollar")));
        KnownCoins.names()
                .forEach((code, name) ->
                        pairsOf(code).forEach(pair -> all.add(new KnownInstrument(pair, name + " / " + pair.quote()))));
        KnownIndex.all()
                .forEach(index -> all.add(new KnownInstrument(
                        new Instrument(AssetType.INDEX, index.code(), index.currency(), null, null), index.name())));
        FUTURES.forEach((code, name) -> all.add(
                new KnownInstrument(new Instrument(AssetType.COMMODITY, code, DOLLAR, null, null), name + " futures")));
        return all;
    }

    /** The pairs of a coin; none if it is not well-known. */
    public static List<Instrument> pairsOf(String coin) {
        return KnownCoins.isKnown(coin)
                ? COIN_QUOTES.stream()
                        .filter(quote -> !quote.equals(coin))
                        .map(quote -> Instrument.crypto(coin, quote))
                        .toList()
                : List.of();
    }

    private static KnownInstrument currencies(String base, String quote, String baseName, String quoteName) {
        return new KnownInstrument(new Instrument(AssetType.FX, base, quote, null, null), baseName + " / " + quoteName);
    }
}
