package io.marketbrain.provider.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.mock.ServedCandles.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The mock market is realistic: statistics for seed 42, computed from candles that the API serves, lie within the given
 * ranges. The table it prints also shows values measured in real markets.
 */
@Tag("long")
class MarketStatisticsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NINETY_DAYS = NOW.minus(90, ChronoUnit.DAYS);
    private static final Instant TEN_YEARS = Instant.parse("2016-01-01T00:00:00Z");
    private static final Instant TWENTY_YEARS = Instant.parse("2006-01-01T00:00:00Z");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static final Map<String, Double> VOLATILITY = new LinkedHashMap<>();
    private static final Map<String, Series> SERIES = new LinkedHashMap<>();
    private static final List<Figure> TABLE = new ArrayList<>();

    static {
        VOLATILITY.put("BTCUSDT", 0.03);
        VOLATILITY.put("ETHUSDT", 0.035);
        VOLATILITY.put("BNBUSDT", 0.04);
        VOLATILITY.put("AAPL", 0.02);
        VOLATILITY.put("EURUSD", 0.01);
    }

    private record Figure(String name, String symbol, double value, double low, double high, String real) {
        boolean holds() {
            return value >= low && value <= high;
        }
    }

    /** The candles of one symbol; {@code pauses} tells whether its market closes. */
    private record Series(List<Row> minutes, List<Row> hours, List<Row> days, List<Row> weeks, boolean pauses) {
        double[] returns(List<Row> rows, Duration length) {
            List<Double> returns = new ArrayList<>();
            for (int i = 1; i < rows.size(); i++) {
                boolean adjacent = rows.get(i - 1)
                        .openTime()
                        .plus(length)
                        .equals(rows.get(i).openTime());
                if (adjacent || !pauses || length.toDays() >= 1) {
                    returns.add(logReturn(rows.get(i - 1), rows.get(i)));
                }
            }
            return returns.stream().mapToDouble(Double::doubleValue).toArray();
        }

        double[] minuteReturns() {
            return returns(minutes, Duration.ofMinutes(1));
        }

        double[] hourReturns() {
            return returns(hours, Duration.ofHours(1));
        }

        double[] dayReturns() {
            return returns(days, Duration.ofDays(1));
        }

        double[] weekReturns() {
            return returns(weeks, Duration.ofDays(7));
        }
    }

    @BeforeAll
    static void fetch_what_the_api_serves() throws Exception {
        try (var api = new ServedCandles(NOW)) {
            for (String symbol : VOLATILITY.keySet()) {
                SERIES.put(
                        symbol,
                        new Series(
                                api.candles("mock", symbol, "1m", NINETY_DAYS, NOW),
                                api.candles("mock", symbol, "1h", TEN_YEARS, NOW),
                                api.candles("mock", symbol, "1d", TWENTY_YEARS, NOW),
                                api.candles("mock", symbol, "1w", TWENTY_YEARS, NOW),
                                !symbol.endsWith("USDT")));
            }
        }
    }

    @AfterAll
    static void print_the_table() {
        System.out.printf("%nThe mock market, seed %d, beside real markets%n", 42);
        System.out.printf("%-34s %-8s %8s   %-16s %s%n", "figure", "symbol", "is", "must be", "real");
        TABLE.sort(Comparator.comparing(Figure::name));
        for (Figure f : TABLE) {
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %-8s %8.3f   %6.2f … %6.2f  %s%s%n",
                    f.name,
                    f.symbol,
                    f.value,
                    f.low,
                    f.high,
                    f.real,
                    f.holds() ? "" : "   <-- OUT");
        }
        SERIES.clear();
    }

    @Test
    void the_daily_standard_deviation_is_the_configured_volatility() {
        each(
                "daily sd / volatility",
                0.85,
                1.15,
                "-",
                (symbol, s) -> MarketFigures.deviation(s.dayReturns()) / VOLATILITY.get(symbol));
    }

    @Test
    void tails_are_fat_and_get_thinner_as_returns_get_longer() {
        each("kurtosis 1m", 10, 80, "22-26", (_, s) -> MarketFigures.kurtosis(s.minuteReturns()));
        each("kurtosis 1h", 7, 40, "8-17", (_, s) -> MarketFigures.kurtosis(s.hourReturns()));
        each("kurtosis 1d", 4, 20, "5-27", (_, s) -> MarketFigures.kurtosis(s.dayReturns()));
        each(
                "kurtosis 1m / 1h",
                1,
                20,
                "falling",
                (_, s) -> MarketFigures.kurtosis(s.minuteReturns()) / MarketFigures.kurtosis(s.hourReturns()));
        each(
                "kurtosis 1h / 1d",
                1,
                20,
                "falling",
                (_, s) -> MarketFigures.kurtosis(s.hourReturns()) / MarketFigures.kurtosis(s.dayReturns()));
        each(
                "kurtosis 1d / 1w",
                1,
                20,
                "falling",
                (_, s) -> MarketFigures.kurtosis(s.dayReturns()) / MarketFigures.kurtosis(s.weekReturns()));
        each("Hill index 1m", 2.5, 4, "2.8-3.3", (_, s) -> MarketFigures.hill(s.minuteReturns()));
        each("Hill index 1h", 2.8, 4.5, "3.0-3.3", (_, s) -> MarketFigures.hill(s.hourReturns()));
        each("Hill index 1d", 3, 6, "2.3-4.8", (_, s) -> MarketFigures.hill(s.dayReturns()));
    }

    @Test
    void returns_are_not_autocorrelated() {
        each(
                "autocorrelation r 1m, lag 1",
                -0.03,
                0.03,
                "to 0.09",
                (_, s) -> MarketFigures.autocorrelation(s.minuteReturns(), 1));
        each(
                "autocorrelation r 1h, lag 1",
                -0.03,
                0.03,
                "to 0.09",
                (_, s) -> MarketFigures.autocorrelation(s.hourReturns(), 1));
        each(
                "autocorrelation r 1d, lag 1",
                -0.05,
                0.05,
                "to 0.09",
                (_, s) -> MarketFigures.autocorrelation(s.dayReturns(), 1));
        each(
                "variance ratio 20, 1m",
                0.8,
                1.2,
                "0.76-1.14",
                (_, s) -> MarketFigures.varianceRatio(s.minuteReturns(), 20));
        each(
                "variance ratio 20, 1h",
                0.8,
                1.2,
                "0.76-1.14",
                (_, s) -> MarketFigures.varianceRatio(s.hourReturns(), 20));
        each("variance ratio 20, 1d", 0.8, 1.2, "0.76-1.14", (_, s) -> MarketFigures.varianceRatio(s.dayReturns(), 20));
    }

    @Test
    void volatility_is_clustered() {
        each("autocorrelation |r| 1m, lag 1", 0.25, 0.48, "0.33", (_, s) -> memory(s.minuteReturns(), 1));
        each("autocorrelation |r| 1m, lag 10", 0.15, 0.40, "0.24", (_, s) -> memory(s.minuteReturns(), 10));
        each("autocorrelation |r| 1m, lag 100", 0.05, 0.30, "0.15", (_, s) -> memory(s.minuteReturns(), 100));
        each("autocorrelation |r| 1d, lag 1", 0.12, 0.40, "0.15-0.45", (_, s) -> memory(s.dayReturns(), 1));
        each("autocorrelation |r| 1d, lag 10", 0.05, 0.30, "0.10-0.35", (_, s) -> memory(s.dayReturns(), 10));
    }

    @Test
    void volume_is_correlated_with_the_size_of_moves() {
        each("corr(volume, |r|) 1m", 0.25, 0.75, "0.1-0.6", (_, s) -> volume(s.minutes()));
        each("corr(volume, |r|) 1d", 0.25, 0.75, "0.1-0.6", (_, s) -> volume(s.days()));
    }

    @Test
    void candle_bodies_take_about_half_of_the_range() {
        each("body / range 1m", 0.43, 0.55, "0.42-0.54", (_, s) -> body(s.minutes()));
        each("body / range 1h", 0.43, 0.55, "0.42-0.54", (_, s) -> body(s.hours()));
        each("body / range 1d", 0.43, 0.55, "0.42-0.54", (_, s) -> body(s.days()));
    }

    @Test
    void correlation_between_coins_grows_with_the_interval() {
        check(
                "BTC/ETH correlation 1h",
                "pair",
                0.55,
                0.95,
                "0.8",
                MarketFigures.correlation(
                        series("BTCUSDT").hourReturns(), series("ETHUSDT").hourReturns()));
        check(
                "BTC/ETH correlation 1d",
                "pair",
                0.70,
                0.95,
                "0.8",
                MarketFigures.correlation(
                        series("BTCUSDT").dayReturns(), series("ETHUSDT").dayReturns()));
        check(
                "BTC/ETH correlation 1d / 1m",
                "pair",
                1,
                3,
                "rising",
                MarketFigures.correlation(
                                series("BTCUSDT").dayReturns(),
                                series("ETHUSDT").dayReturns())
                        / MarketFigures.correlation(
                                series("BTCUSDT").minuteReturns(),
                                series("ETHUSDT").minuteReturns()));
    }

    @Test
    void stocks_show_leverage_effect_intraday_pattern_and_overnight_variance() {
        Series aapl = series("AAPL");
        check("leverage 1d", "AAPL", -0.25, -0.02, "-0.06 to -0.15", MarketFigures.leverage(aapl.dayReturns()));
        double midday =
                size(aapl.minutes(), t -> !t.isBefore(LocalTime.of(11, 30)) && t.isBefore(LocalTime.of(14, 30)));
        check(
                "first hour |r| / midday",
                "AAPL",
                1.3,
                3,
                "1.2-1.8",
                size(aapl.minutes(), t -> t.isBefore(LocalTime.of(10, 30))) / midday);
        check(
                "last hour |r| / midday",
                "AAPL",
                1.3,
                3,
                "1.2-1.8",
                size(aapl.minutes(), t -> !t.isBefore(LocalTime.of(15, 0))) / midday);
        check("overnight share of variance", "AAPL", 0.2, 0.4, "0.31-0.35", overnight(aapl.days()));
    }

    private interface Statistic {
        double of(String symbol, Series series);
    }

    private static void each(String name, double low, double high, String real, Statistic statistic) {
        List<Figure> figures = new ArrayList<>();
        SERIES.forEach((symbol, series) ->
                figures.add(new Figure(name, symbol, statistic.of(symbol, series), low, high, real)));
        TABLE.addAll(figures);
        assertThat(figures).allMatch(Figure::holds);
    }

    private static void check(String name, String symbol, double low, double high, String real, double value) {
        var figure = new Figure(name, symbol, value, low, high, real);
        TABLE.add(figure);
        assertThat(figure).matches(Figure::holds);
    }

    private static Series series(String symbol) {
        return SERIES.get(symbol);
    }

    private static double logReturn(Row before, Row after) {
        return Math.log(after.close().doubleValue() / before.close().doubleValue());
    }

    private static double memory(double[] returns, int lag) {
        return MarketFigures.autocorrelation(MarketFigures.sizes(returns), lag);
    }

    private static double volume(List<Row> rows) {
        double[] volume =
                rows.stream().mapToDouble(r -> r.volume().doubleValue()).toArray();
        double[] sizes = rows.stream()
                .mapToDouble(r ->
                        Math.abs(Math.log(r.close().doubleValue() / r.open().doubleValue())))
                .toArray();
        return MarketFigures.correlation(volume, sizes);
    }

    private static double body(List<Row> rows) {
        double bodies = rows.stream()
                .mapToDouble(r -> r.close().subtract(r.open()).abs().doubleValue())
                .sum();
        double ranges = rows.stream()
                .mapToDouble(r -> r.high().subtract(r.low()).doubleValue())
                .sum();
        return bodies / ranges;
    }

    /** Mean absolute one-minute return at a time of the New York day. */
    private static double size(List<Row> minutes, Predicate<LocalTime> when) {
        return minutes.stream()
                .filter(r -> when.test(r.openTime().atZone(NEW_YORK).toLocalTime()))
                .mapToDouble(r ->
                        Math.abs(Math.log(r.close().doubleValue() / r.open().doubleValue())))
                .average()
                .orElseThrow();
    }

    private static double overnight(List<Row> days) {
        double[] gaps = new double[days.size() - 1];
        double[] sessions = new double[days.size() - 1];
        for (int i = 1; i < days.size(); i++) {
            gaps[i - 1] = Math.log(
                    days.get(i).open().doubleValue() / days.get(i - 1).close().doubleValue());
            sessions[i - 1] = Math.log(
                    days.get(i).close().doubleValue() / days.get(i).open().doubleValue());
        }
        double night = MarketFigures.deviation(gaps);
        double day = MarketFigures.deviation(sessions);
        return night * night / (night * night + day * day);
    }
}
