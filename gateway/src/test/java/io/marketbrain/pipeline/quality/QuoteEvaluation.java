package io.marketbrain.pipeline.quality;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Measures the checks that compare a price with earlier ones, and with the clock, by the closes of the fault corpus. */
final class QuoteEvaluation {
    /** The earlier prices that a band knows when a fault comes. */
    private static final int KNOWN = 30;

    private QuoteEvaluation() {}

    /** The share of single prices, each changed by a factor after thirty right ones, that are flagged. */
    static double recall(List<CorpusSeries> all, double factor) {
        int injected = 0;
        int found = 0;
        for (CorpusSeries series : all) {
            List<Candle> bars = series.candles();
            for (int onset = KNOWN; onset < bars.size(); onset += KNOWN) {
                var band = new PriceBand();
                for (int i = onset - KNOWN; i < onset; i++) {
                    band.screen(bars.get(i).close(), end(series, i), Findings.NONE);
                }
                BigDecimal wrong = factor == 0
                        ? BigDecimal.ONE.divide(bars.get(onset).close(), MathContext.DECIMAL32)
                        : bars.get(onset).close().multiply(BigDecimal.valueOf(factor));
                injected++;
                found += band.screen(wrong, end(series, onset), Findings.NONE).isEmpty() ? 0 : 1;
            }
        }
        return (double) found / injected;
    }

    /** What a band finds in the closes of each series as they are. */
    static List<String> falseAlarms(List<CorpusSeries> all) {
        List<String> lines = new ArrayList<>();
        for (CorpusSeries series : all) {
            var band = new PriceBand();
            for (int i = 0; i < series.candles().size(); i++) {
                for (Findings.Finding one : band.screen(
                                series.candles().get(i).close(), end(series, i), Findings.NONE)
                        .list()) {
                    lines.add(series.name() + " " + series.candles().get(i).openTime() + ": " + one.detail());
                }
            }
        }
        return lines;
    }

    /** The share of crossed quotes, around the closes, that are flagged; or of right ones. */
    static double crossed(List<CorpusSeries> all, boolean swapped) {
        int quotes = 0;
        int found = 0;
        for (CorpusSeries series : all) {
            for (Candle bar : series.candles()) {
                BigDecimal low = bar.close().multiply(new BigDecimal("0.9998"));
                BigDecimal high = bar.close().multiply(new BigDecimal("1.0002"));
                Quote quote = quote(series, bar, swapped ? high : low, swapped ? low : high);
                quotes++;
                found += QuoteScreen.screen(quote, bar.openTime(), Findings.NONE).isEmpty() ? 0 : 1;
            }
        }
        return (double) found / quotes;
    }

    /**
     * The share of responses that are flagged as stale although they end with the newest candle, or because the newest
     * ones are missing.
     *
     * @param missing how many candles are missing at the end
     */
    static double stale(List<CorpusSeries> all, int missing) {
        int responses = 0;
        int found = 0;
        var random = new SplittableRandom(14);
        for (CorpusSeries series : all) {
            for (List<Candle> part : CorpusEvaluation.responses(series)) {
                for (int trial = 0; trial < 5; trial++) {
                    int end = 20 + random.nextInt(part.size() - 20 - missing);
                    Instant newest = part.get(end - 1 + missing).openTime();
                    Instant now = series.interval().next(newest).plus(Duration.ofSeconds(30));
                    Candles sent = series.response(part.subList(0, end));
                    var query = new CandlesQuery(
                            QualitySamples.BINANCE, sent.listing().instrument(), series.interval(), null, null, end);
                    responses++;
                    found += StalenessScreen.screen(query, sent, now, Findings.NONE).isEmpty() ? 0 : 1;
                }
            }
        }
        return (double) found / responses;
    }

    @SuppressWarnings("SystemOut")
    static void print(List<CorpusSeries> reported, List<CorpusSeries> tuning) {
        System.out.println("\n| quotes | recall | recall (tuning) |\n|---|---|---|");
        for (double factor : new double[] {100, 0.01, 1000, 10, 0.1, 0, 3, 2, 1.5}) {
            line(factor == 0 ? "inverse" : "times " + factor, recall(reported, factor), recall(tuning, factor));
        }
        line("bid and ask swapped", crossed(reported, true), crossed(tuning, true));
        List<CorpusSeries> crypto =
                reported.stream().filter(one -> one.interval() == Interval.H1).toList();
        List<CorpusSeries> daily =
                reported.stream().filter(one -> one.interval() == Interval.D1).toList();
        for (int missing : new int[] {0, 2, 4, 8, 15, 30}) {
            System.out.printf(
                    Locale.ROOT,
                    "| stale by %d candles: hours of crypto, days | %.3f | %.3f |%n",
                    missing,
                    stale(crypto, missing),
                    stale(daily, missing));
        }
        System.out.println("\nfalse alarms of quotes, report, " + CorpusEvaluation.bars(reported) + " closes:");
        falseAlarms(reported).forEach(System.out::println);
        System.out.println("\nfalse alarms of quotes, tuning:");
        falseAlarms(tuning).forEach(System.out::println);
    }

    private static void line(String name, double reported, double tuning) {
        System.out.printf(Locale.ROOT, "| %s | %.3f | %.3f |%n", name, reported, tuning);
    }

    private static Instant end(CorpusSeries series, int bar) {
        return series.interval().next(series.candles().get(bar).openTime());
    }

    private static Quote quote(CorpusSeries series, Candle bar, @Nullable BigDecimal bid, @Nullable BigDecimal ask) {
        var listing = series.response(List.of()).listing();
        return new Quote(
                listing, bar.close(), bid, null, ask, null, null, null, null, null, null, bar.openTime());
    }
}
