package io.marketbrain.pipeline.cache;

import io.marketbrain.model.SettingRange;
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
    public static final SettingRange<Duration> INTERVAL =
            SettingRange.of("warming.interval", Duration.ofMillis(1), Duration.ofDays(30));
    public static final SettingRange<Integer> CONCURRENCY = SettingRange.of("warming.concurrency", 1, 100);
    public static final SettingRange<Integer> QUEUE = SettingRange.of("warming.queue", 1, 100_000);

    public WarmingConfig {
        symbols = List.copyOf(symbols);
        INTERVAL.check(every);
        CONCURRENCY.check(atOnce);
        QUEUE.check(most);
        for (String symbol : symbols) {
            if (symbol.indexOf(':') < 1 || symbol.endsWith(":")) {
                throw new IllegalArgumentException("warming.symbols has '" + symbol
                        + "', but each must be provider:symbol, such as binance:BTCUSDT");
            }
        }
    }

    public static WarmingConfig defaults() {
        return new WarmingConfig(List.of(), Duration.ofMinutes(10), 2, 1000);
    }
}
