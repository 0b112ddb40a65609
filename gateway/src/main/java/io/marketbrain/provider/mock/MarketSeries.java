package io.marketbrain.provider.mock;

import io.marketbrain.mock.MacroSeries;
import io.marketbrain.mock.Market;
import io.marketbrain.mock.Markets;
import io.marketbrain.mock.StepDecimals;
import io.marketbrain.mock.calendar.SupportedYears;
import io.marketbrain.model.series.SeriesKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Series about instruments of the mock market: prices every hour, mark prices that are the last price (those of a range
 * every hour), funding rates every eight hours, and open interest every hour. Shares neither pay dividends nor are split,
 * as their candles show.
 */
final class MarketSeries {
    private static final long HOUR = 3_600_000;

    private final Markets markets;

    MarketSeries(Markets markets) {
        this.markets = markets;
    }

    /**
     * The first {@code limit} values in {@code [from, to)} that are known by {@code now}, oldest first; the last ones
     * where {@code from} is the first moment of the market.
     */
    List<MacroSeries.Point> points(SeriesKind kind, Market market, long from, long to, long now, int limit) {
        return switch (kind) {
            case FUNDING_RATE -> points(path(kind, market, 0.0001, "0.000001"), 8 * HOUR, from, to, now, limit);
            case OPEN_INTEREST -> points(path(kind, market, 50_000, "0.001"), HOUR, from, to, now, limit);
            case PRICE -> points(market, HOUR, from, to, now, limit);
            case MARK_PRICE ->
                from <= SupportedYears.START && now < to
                        ? List.of(point(market, now))
                        : points(market, HOUR, from, to, now, limit);
            case DIVIDENDS, SPLITS -> List.of();
        };
    }

    /** A path of its own for each market. */
    private Market path(SeriesKind kind, Market market, double base, String step) {
        return markets.path(kind + " " + market.asset().name(), base, new BigDecimal(step));
    }

    private static List<MacroSeries.Point> points(Market market, long every, long from, long to, long now, int limit) {
        long first = Math.ceilDiv(Math.max(from, SupportedYears.START), every);
        long last = Math.floorDiv(Math.min(to - 1, Math.min(now, SupportedYears.END - 1)), every);
        boolean isOpen = from <= SupportedYears.START;
        return LongStream.rangeClosed(
                        isOpen ? Math.max(first, last - limit + 1) : first,
                        isOpen ? last : Math.min(last, first + limit - 1))
                .mapToObj(index -> point(market, index * every))
                .toList();
    }

    private static MacroSeries.Point point(Market market, long time) {
        return new MacroSeries.Point(time, new StepDecimals(market.asset().tick()).text(market.priceAt(time)));
    }
}
