package io.marketbrain.mock;

import java.util.Map;
import java.util.Set;

/**
 * The currencies that the mock market knows and their approximate value in dollars, so that cross rates start at
 * consistent prices.
 */
public final class CurrencyTable {
    private static final Map<String, Double> IN_DOLLARS = Map.ofEntries(
            Map.entry("USD", 1.0),
            Map.entry("EUR", 1.08),
            Map.entry("GBP", 1.27),
            Map.entry("CHF", 1.13),
            Map.entry("JPY", 0.0067),
            Map.entry("CAD", 0.74),
            Map.entry("AUD", 0.66),
            Map.entry("NZD", 0.61),
            Map.entry("CNY", 0.139),
            Map.entry("CNH", 0.139),
            Map.entry("HKD", 0.128),
            Map.entry("SGD", 0.74),
            Map.entry("SEK", 0.096),
            Map.entry("NOK", 0.095),
            Map.entry("DKK", 0.145),
            Map.entry("PLN", 0.25),
            Map.entry("CZK", 0.043),
            Map.entry("HUF", 0.0028),
            Map.entry("RON", 0.217),
            Map.entry("BGN", 0.552),
            Map.entry("TRY", 0.031),
            Map.entry("ILS", 0.27),
            Map.entry("ZAR", 0.053),
            Map.entry("MXN", 0.058),
            Map.entry("BRL", 0.2),
            Map.entry("INR", 0.012),
            Map.entry("IDR", 0.000063),
            Map.entry("KRW", 0.00075),
            Map.entry("MYR", 0.21),
            Map.entry("PHP", 0.0178),
            Map.entry("THB", 0.028),
            Map.entry("TWD", 0.031),
            Map.entry("ISK", 0.0072),
            Map.entry("AED", 0.272),
            Map.entry("SAR", 0.267),
            Map.entry("UAH", 0.026),
            Map.entry("RUB", 0.011),
            Map.entry("ARS", 0.0011),
            Map.entry("CLP", 0.00105),
            Map.entry("COP", 0.00025),
            Map.entry("NGN", 0.00066),
            Map.entry("VND", 0.00004));

    private static final Set<String> DOLLARS =
            Set.of("USD", "USDT", "USDC", "BUSD", "FDUSD", "TUSD", "USDP", "DAI", "PYUSD", "USDS", "ZUSD");

    private CurrencyTable() {}

    public static boolean isKnown(String code) {
        return IN_DOLLARS.containsKey(code);
    }

    /** Whether the code is the US dollar or a stablecoin pegged to it. */
    static boolean isDollar(String code) {
        return DOLLARS.contains(code);
    }

    /** The initial value of one unit in dollars; 1 for an unknown currency. */
    static double inDollars(String code) {
        return isDollar(code) ? 1 : IN_DOLLARS.getOrDefault(code, 1.0);
    }
}
