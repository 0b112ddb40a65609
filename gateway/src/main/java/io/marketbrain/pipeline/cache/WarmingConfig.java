package io.marketbrain.pipeline.cache;

import java.time.Duration;
import java.util.List;

/**
 * Settings of background warming.
 *
 * @param symbols the symbols whose quotes are kept cached, as {@code provider:symbol}
 * @param every the interval between rounds, varied by up to a tenth
 * @param atOnce the most queries at a time
 * @param most the most queries that may wait
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
                        "warming.symbols must be provider:symbol, such as binance:BTCUSDT, not " + symbol);
            }
        }
    }

    public static WarmingConfig defaults() {
        return new WarmingConfig(List.of(), Duration.ofMinutes(10), 2, 1000);
    }
}
