package io.marketbrain.pipeline.cache;

import java.time.Duration;
import java.util.List;

/**
 * Settings of background warming.
 *
 * @param symbols whose quotes are kept warm, as {@code provider:symbol}
 * @param every how often, give or take a tenth
 * @param atOnce how many are asked for at a time
 * @param most how many may be waiting to be asked for
 */
public record WarmingConfig(List<String> symbols, Duration every, int atOnce, int most) {
    public WarmingConfig {
        symbols = List.copyOf(symbols);
        Checks.positive("warming.every", every);
        Checks.atLeast("warming.at_once", atOnce, 1);
        Checks.atLeast("warming.most", most, 1);
        for (String symbol : symbols) {
            if (symbol.indexOf(':') < 1 || symbol.endsWith(":")) {
                throw new IllegalArgumentException(
                        "warming.symbols are provider:symbol, such as binance:BTCUSDT, not " + symbol);
            }
        }
    }

    public static WarmingConfig defaults() {
        return new WarmingConfig(List.of(), Duration.ofMinutes(10), 2, 1000);
    }
}
