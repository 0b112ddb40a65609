package io.marketbrain.provider.symbols;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A well-known instrument: the main crypto pairs, currency pairs and stock indices. */
public record KnownInstrument(Instrument instrument, String name) {
    private static final List<String> COIN_QUOTES = List.of("USD", "USDT", "EUR");

    /** Quoted against the dollar, with the dollar as quote. */
    private static final List<String> BEFORE_DOLLAR = List.of("EUR", "GBP", "AUD", "NZD");

    private static final Map<String, String> CURRENCIES = new LinkedHashMap<>();

    static {
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
            all.add(first ? currencies(code, "USD", name, "US dollar") : currencies("USD", code, "US dollar", name));
        });
        CURRENCIES.forEach((code, name) -> {
            if (!code.equals("EUR")) {
                all.add(currencies("EUR", code, "Euro", name));
            }
        });
        KnownCoins.names()
                .forEach((code, name) -> COIN_QUOTES.stream()
                        .filter(quote -> !quote.equals(code))
                        .forEach(quote ->
                                all.add(new KnownInstrument(Instrument.crypto(code, quote), name + " / " + quote))));
        KnownIndex.all()
                .forEach(index -> all.add(new KnownInstrument(
                        new Instrument(AssetType.INDEX, index.code(), index.currency(), null, null), index.name())));
        return all;
    }

    private static KnownInstrument currencies(String base, String quote, String baseName, String quoteName) {
        return new KnownInstrument(new Instrument(AssetType.FX, base, quote, null, null), baseName + " / " + quoteName);
    }
}
