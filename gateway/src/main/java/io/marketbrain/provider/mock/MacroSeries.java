package io.marketbrain.provider.mock;

import io.marketbrain.model.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Macro-economic series made of the same kind of path as prices: a few well-known ids with believable levels, any other
 * as a monthly index about 100. A period's value is known when the period is over.
 */
final class MacroSeries {
    private static final double NO_VOLUME = 1e6;

    /** How often a series has a value. */
    enum Frequency {
        DAILY,
        MONTHLY,
        QUARTERLY;

        LocalDate floor(LocalDate day) {
            return switch (this) {
                case DAILY -> day;
                case MONTHLY -> day.withDayOfMonth(1);
                case QUARTERLY -> LocalDate.of(day.getYear(), day.getMonth().firstMonthOfQuarter(), 1);
            };
        }

        LocalDate next(LocalDate start) {
            return switch (this) {
                case DAILY -> start.plusDays(1);
                case MONTHLY -> start.plusMonths(1);
                case QUARTERLY -> start.plusMonths(3);
            };
        }
    }

    record Spec(String id, String title, String unit, Frequency frequency, Params params, BigDecimal step) {}

    /** A value, as decimal text, and the beginning of its period. */
    record Point(long time, String value) {}

    private static final Map<String, Spec> KNOWN = Map.of(
            "GDP",
            spec(
                    "GDP",
                    "Gross domestic product",
                    "billions of dollars",
                    Frequency.QUARTERLY,
                    27_000,
                    0.0006,
                    0.00012,
                    2,
                    "1"),
            "CPIAUCSL",
            spec(
                    "CPIAUCSL",
                    "Consumer price index",
                    "index 1982-1984=100",
                    Frequency.MONTHLY,
                    310,
                    0.0003,
                    0.00007,
                    4,
                    "0.001"),
            "UNRATE",
            spec("UNRATE", "Unemployment rate", "per cent", Frequency.MONTHLY, 4.8, 0.008, 0, 2.5, "0.1"),
            "PAYEMS",
            spec(
                    "PAYEMS",
                    "Employees, total nonfarm",
                    "thousands of persons",
                    Frequency.MONTHLY,
                    155_000,
                    0.0004,
                    0.00004,
                    2,
                    "1"),
            "FEDFUNDS",
            spec("FEDFUNDS", "Overnight rate", "per cent", Frequency.MONTHLY, 2.5, 0.012, 0, 4, "0.01"),
            "DGS10",
            spec("DGS10", "Ten-year yield", "per cent", Frequency.DAILY, 3.6, 0.012, 0, 3.5, "0.01"),
            "DGS2",
            spec("DGS2", "Two-year yield", "per cent", Frequency.DAILY, 3.2, 0.014, 0, 4, "0.01"));

    private final Markets markets;

    MacroSeries(Markets markets) {
        this.markets = markets;
    }

    static Spec spec(String id) {
        String name = id.toUpperCase(Locale.ROOT);
        Spec known = KNOWN.get(name);
        return known != null
                ? known
                : spec(name, "Series " + name, "index", Frequency.MONTHLY, 100, 0.004, 0.00003, 3, "0.01");
    }

    /** The values of the periods that begin in {@code [from, to)} and are over by {@code now}: the last {@code limit}. */
    List<Point> points(Spec spec, long from, long to, long now, int limit) {
        Market market = markets.of(
                new Asset("series " + spec.id(), AssetClass.CRYPTO, spec.params(), spec.step(), BigDecimal.ONE, ""));
        Decimals decimals = new Decimals(spec.step());
        List<Point> points = new ArrayList<>();
        LocalDate period = spec.frequency().floor(day(Math.min(to - 1, now)));
        while (points.size() < limit && millis(period) >= Math.max(from, Horizon.START)) {
            long end = millis(spec.frequency().next(period));
            if (end <= now
                    && (spec.frequency() != Frequency.DAILY
                            || period.getDayOfWeek().getValue() <= 5)) {
                points.add(new Point(millis(period), decimals.text(market.priceAt(end))));
            }
            period = spec.frequency().floor(period.minusDays(1));
        }
        return points.reversed();
    }

    private static Spec spec(
            String id,
            String title,
            String unit,
            Frequency frequency,
            double base,
            double volatility,
            double trend,
            double reach,
            String step) {
        Params params = new Params(base, volatility, trend, base / reach, base * reach, NO_VOLUME);
        return new Spec(id, title + " (synthetic)", unit, frequency, params, new BigDecimal(step));
    }

    private static LocalDate day(long millis) {
        return LocalDate.ofInstant(
                Interval.D1.floor(Instant.ofEpochMilli(Math.min(millis, Horizon.END - 1))), ZoneOffset.UTC);
    }

    private static long millis(LocalDate day) {
        return day.toEpochDay() * Horizon.DAY;
    }
}
