package io.marketbrain.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.mock.calendar.SupportedYears;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The price of every market stays within its bounds at all times, and does not linger at them. */
class MarketBoundsTest {

    @Test
    void the_price_stays_within_its_bounds_for_120_years() {
        List<Asset> assets = new ArrayList<>();
        MarketSamples.ALL.forEach(i -> assets.add(AssetCatalog.of(i)));
        assets.add(custom("95", "106", 0.03, 0, "").asset("TIGHT"));
        assets.add(custom("1", "100000", 0.02, 0.002, "").asset("GROWING"));
        assets.add(custom("1", "10000", 0.05, -0.01, "crypto").asset("SHRINKING"));
        for (Asset asset : assets) {
            Market market = new Market(MarketSamples.SEED, asset);
            List<Bar> months =
                    market.candles(Interval.MO1, SupportedYears.START, SupportedYears.END, Long.MAX_VALUE, 2000);
            assertThat(months).hasSizeGreaterThan(1400);
            double tick = asset.tick().doubleValue();
            long highest = months.stream().mapToLong(Bar::high).max().orElseThrow();
            long lowest = months.stream().mapToLong(Bar::low).min().orElseThrow();
            assertThat(lowest * tick)
                    .describedAs(asset.name())
                    .isGreaterThan(asset.params().min());
            assertThat(highest * tick)
                    .describedAs(asset.name())
                    .isLessThan(asset.params().max());
            assertThat(months.stream().filter(m -> m.high() == highest)).hasSizeLessThanOrEqualTo(2);
            assertThat(months.stream().filter(m -> m.low() == lowest)).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void a_trend_moves_the_price_as_far_as_the_bounds_leave_room() {
        Market market = new Market(
                MarketSamples.SEED, custom("1", "100000", 0.02, 0.001, "").asset("GROWING"));
        long before = average(market, "2010-01-01T00:00:00Z");
        long after = average(market, "2040-01-01T00:00:00Z");
        assertThat(after).isGreaterThan(3 * before);
    }

    @Test
    void prices_are_multiples_of_an_unusual_tick_size() {
        var asset = new CustomAsset(
                new BigDecimal("4000"),
                0.01,
                0,
                new BigDecimal("1000"),
                new BigDecimal("16000"),
                AssetType.INDEX,
                Optional.of(new BigDecimal("0.25")),
                Optional.empty());
        Market market = new Market(1, asset.asset("ES"));
        var decimals = new StepDecimals(market.asset().tick());
        var random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            String text =
                    decimals.text(market.quoteAt(MarketSamples.moment(random)).last());
            assertThat(new BigDecimal(text).remainder(new BigDecimal("0.25"))).isEqualByComparingTo("0");
            assertThat(text).matches("\\d+\\.(00|25|50|75)");
        }
    }

    @Test
    void warns_of_bounds_too_tight_for_the_volatility() {
        assertThat(custom("95", "106", 0.03, 0, "").warnings("TIGHT"))
                .singleElement()
                .asString()
                .contains("TIGHT", "room");
        assertThat(custom("10", "1000", 0.03, 0, "").warnings("WIDE")).isEmpty();
        assertThat(custom("60", "170", 0.03, 0, "crypto").warnings("LEASHED"))
                .anyMatch(w -> w.contains("too tight to follow group crypto"));
    }

    @Test
    void rejects_bounds_on_the_wrong_side_of_the_base_price() {
        assertThatThrownBy(() -> custom("101", "200", 0.03, 0, "")).hasMessageContaining("min_price");
        assertThatThrownBy(() -> custom("10", "99", 0.03, 0, "")).hasMessageContaining("max_price");
        assertThatThrownBy(() -> custom("0", "200", 0.03, 0, "")).hasMessageContaining("min_price");
    }

    @Test
    void members_of_a_custom_group_are_correlated() {
        Market one = new Market(
                MarketSamples.SEED, custom("1", "10000", 0.03, 0, "sector").asset("ONE"));
        Market two = new Market(
                MarketSamples.SEED, custom("1", "10000", 0.05, 0, "sector").asset("TWO"));
        Market other =
                new Market(MarketSamples.SEED, custom("1", "10000", 0.05, 0, "").asset("OTHER"));
        assertThat(correlation(returns(one), returns(two))).isBetween(0.6, 0.98);
        assertThat(correlation(returns(one), returns(other))).isBetween(-0.1, 0.1);
    }

    private static double[] returns(Market market) {
        List<Bar> days = market.candles(
                Interval.D1,
                MarketSamples.millis("2016-01-01T00:00:00Z"),
                MarketSamples.millis("2026-01-01T00:00:00Z"),
                Long.MAX_VALUE,
                10_000);
        return days.stream()
                .mapToDouble(b -> Math.log((double) b.close() / b.open()))
                .toArray();
    }

    private static long average(Market market, String from) {
        long start = MarketSamples.millis(from);
        return (long)
                market.candles(Interval.W1, start, start + 1500 * SupportedYears.DAY, Long.MAX_VALUE, 1000).stream()
                        .mapToLong(Bar::close)
                        .average()
                        .orElseThrow();
    }

    private static CustomAsset custom(String min, String max, double volatility, double trend, String group) {
        return new CustomAsset(
                new BigDecimal("100"),
                volatility,
                trend,
                new BigDecimal(min),
                new BigDecimal(max),
                AssetType.CRYPTO,
                Optional.empty(),
                Optional.of(group).filter(g -> !g.isEmpty()));
    }

    private static double correlation(double[] x, double[] y) {
        double meanX = mean(x);
        double meanY = mean(y);
        double both = 0;
        double squareX = 0;
        double squareY = 0;
        for (int i = 0; i < x.length; i++) {
            both += (x[i] - meanX) * (y[i] - meanY);
            squareX += (x[i] - meanX) * (x[i] - meanX);
            squareY += (y[i] - meanY) * (y[i] - meanY);
        }
        return both / Math.sqrt(squareX * squareY);
    }

    private static double mean(double[] x) {
        return Arrays.stream(x).average().orElseThrow();
    }
}
