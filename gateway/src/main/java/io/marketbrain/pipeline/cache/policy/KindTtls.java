package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.Operation;
import io.marketbrain.model.SettingRange;
import java.time.Duration;

/**
 * How long each kind of data is fresh, unless {@code cache.ttl} says otherwise.
 *
 * @param candles for candles that are not finished yet
 * @param mock for mock data of any kind, except finished candles
 */
public record KindTtls(
        Duration quote,
        Duration book,
        Duration trades,
        Duration candles,
        Duration series,
        Duration news,
        Duration mock) {
    public static final SettingRange<Duration> QUOTE_TTL = range("cache.quote_ttl");
    public static final SettingRange<Duration> BOOK_TTL = range("cache.book_ttl");
    public static final SettingRange<Duration> TRADES_TTL = range("cache.trades_ttl");
    public static final SettingRange<Duration> CANDLES_TTL = range("cache.candles_ttl");
    public static final SettingRange<Duration> SERIES_TTL = range("cache.series_ttl");
    public static final SettingRange<Duration> NEWS_TTL = range("cache.news_ttl");
    public static final SettingRange<Duration> MOCK_TTL = range("cache.mock_ttl");

    public KindTtls {
        QUOTE_TTL.check(quote);
        BOOK_TTL.check(book);
        TRADES_TTL.check(trades);
        CANDLES_TTL.check(candles);
        SERIES_TTL.check(series);
        NEWS_TTL.check(news);
        MOCK_TTL.check(mock);
    }

    public static KindTtls defaults() {
        return new KindTtls(
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                Duration.ofMinutes(5),
                Duration.ofSeconds(1));
    }

    /** The same time for every kind. */
    public static KindTtls all(Duration ttl) {
        return new KindTtls(ttl, ttl, ttl, ttl, ttl, ttl, ttl);
    }

    /** The time of an operation; {@code otherwise} for one that has no time of its own. */
    public Duration of(Operation operation, Duration otherwise) {
        return switch (operation) {
            case QUOTE -> quote;
            case BOOK -> book;
            case TRADES -> trades;
            case CANDLES -> candles;
            case SERIES -> series;
            case NEWS -> news;
            case SYMBOLS -> otherwise;
        };
    }

    private static SettingRange<Duration> range(String key) {
        return SettingRange.of(key, Duration.ofMillis(1), Duration.ofDays(30));
    }
}
