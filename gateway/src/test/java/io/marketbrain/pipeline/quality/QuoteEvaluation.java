package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
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
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Measures the checks that compare a price with earlier ones, and a time with the clock, by the closes of the corpus. */
final class QuoteEvaluation {
    /** The earlier prices that are known when a fault comes. */
    private static final int KNOWN = 30;

    private static final int TRIALS = 5;

    private QuoteEvaluation() {}

    /** What a price is multiplied by. */
    static UnaryOperator<BigDecimal> factor(double factor) {
        return price -> price.multiply(BigDecimal.valueOf(factor));
    }

    static UnaryOperator<BigDecimal> inverse() {
        return price -> BigDecimal.ONE.divide(price, MathContext.DECIMAL32);
    }

    /** Single prices, each of which is changed after thirty right ones. */
    static FaultScore changed(List<CorpusSeries> all, UnaryOperator<BigDecimal> change) {
        FaultScore score = FaultScore.NONE;
        for (CorpusSeries series : all) {
            for (int onset = KNOWN; onset < series.candles().size(); onset += KNOWN) {
                InstrumentState state = known(series, onset);
                BigDecimal wrong = change.apply(series.candles().get(onset).close());
                Instant at = series.end(onset);
                score = counted(score, state.screen(quote(series, wrong, at), at, Findings.NONE));
            }
        }
        return score;
    }

    /** Whole responses of candles, each in another unit than the thirty prices before. */
    static FaultScore changedResponse(List<CorpusSeries> all, UnaryOperator<BigDecimal> change) {
        FaultScore score = FaultScore.NONE;
        for (CorpusSeries series : all) {
            for (int onset = KNOWN; onset < series.candles().size(); onset += KNOWN) {
                InstrumentState state = known(series, onset);
                Candle c = series.candles().get(onset);
                BigDecimal wrong = change.apply(c.close());
                var last = new Candle(c.openTime(), wrong, wrong, wrong, wrong, null, null, null, true);
                Candles sent = series.response(List.of(last));
                score = counted(score, state.screen(sent, series.end(onset), Findings.NONE));
            }
        }
        return score;
    }

    private static InstrumentState known(CorpusSeries series, int onset) {
        var state = new InstrumentState();
        for (int i = onset - KNOWN; i < onset; i++) {
            state.screen(quote(series, i), series.end(i), Findings.NONE);
        }
        return state;
    }

    private static FaultScore counted(FaultScore score, Findings found) {
        boolean right = found.list().stream()
                .anyMatch(one -> InjectedFault.WRONG_INSTRUMENT.finders().contains(one.check()));
        return score.plus(right, found.list().size() - (right ? 1 : 0));
    }

    /** Quotes whose bid and ask, around the closes, are exchanged. */
    static FaultScore crossed(List<CorpusSeries> all) {
        FaultScore score = FaultScore.NONE;
        for (CorpusSeries series : all) {
            for (Candle bar : series.candles()) {
                BigDecimal low = bar.close().multiply(new BigDecimal("0.9998"));
                BigDecimal high = bar.close().multiply(new BigDecimal("1.0002"));
                int alarms = QuoteScreen.screen(quote(series, bar, low, high), bar.openTime(), Findings.NONE)
                        .list()
                        .size();
                Findings found = QuoteScreen.screen(quote(series, bar, high, low), bar.openTime(), Findings.NONE);
                score = score.plus(QualitySamples.checks(found).contains(QualityCheck.CROSSED_QUOTE), alarms);
            }
        }
        return score;
    }

    /**
     * Responses up to now that end too early.
     *
     * @param missing how many candles are missing at the end; findings in the same response without that are others
     */
    static FaultScore stale(List<CorpusSeries> all, int missing) {
        FaultScore score = FaultScore.NONE;
        var random = new SplittableRandom(14);
        for (CorpusSeries series : all) {
            for (List<Candle> part : CorpusEvaluation.responses(series)) {
                for (int trial = 0; trial < TRIALS; trial++) {
                    int end = 20 + random.nextInt(part.size() - 20 - missing);
                    Instant now = series.interval()
                            .next(part.get(end - 1 + missing).openTime())
                            .plus(Duration.ofSeconds(30));
                    score = score.plus(
                            isStale(series, part.subList(0, end), now),
                            isStale(series, part.subList(0, end + missing), now) ? 1 : 0);
                }
            }
        }
        return score;
    }

    /** The candles of a series after which the next one comes so late that the response is stale until then. */
    static List<Instant> pauses(CorpusSeries series) {
        List<Instant> all = new ArrayList<>();
        List<Candle> candles = series.candles();
        for (int i = 20; i < candles.size(); i++) {
            List<Candle> part = candles.subList(Math.max(0, i - 200), i);
            if (isStale(series, part, candles.get(i).openTime())) {
                all.add(candles.get(i - 1).openTime());
            }
        }
        return all;
    }

    private static boolean isStale(CorpusSeries series, List<Candle> sent, Instant now) {
        Candles candles = series.response(sent);
        var query = new CandlesQuery(
                QualitySamples.BINANCE, candles.listing().instrument(), series.interval(), null, null, sent.size());
        return !StalenessScreen.screen(query, candles, now, Findings.NONE).isEmpty();
    }

    /** Quotes of crypto that came at the ends of candles, the last of which is still sent after {@code age}. */
    static FaultScore staleQuotes(List<CorpusSeries> all, Duration age) {
        FaultScore score = FaultScore.NONE;
        for (CorpusSeries series :
                all.stream().filter(one -> one.type() == AssetType.CRYPTO).toList()) {
            for (int onset = KNOWN; onset < series.candles().size(); onset += KNOWN) {
                InstrumentState state = known(series, onset);
                Instant at = series.end(onset - 1);
                int alarms = state.screen(quote(series, onset - 1), at, Findings.NONE)
                        .list()
                        .size();
                Findings found = state.screen(quote(series, onset - 1), at.plus(age), Findings.NONE);
                score = score.plus(QualitySamples.checks(found).contains(QualityCheck.STALE_FEED), alarms);
            }
        }
        return score;
    }

    /**
     * Candles of crypto whose times are hours ahead of or behind the clock.
     *
     * @param hours how far ahead; negative for behind
     */
    static FaultScore shifted(List<CorpusSeries> all, int hours) {
        FaultScore score = FaultScore.NONE;
        var random = new SplittableRandom(14);
        for (CorpusSeries series : all.stream()
                .filter(one -> one.type() == AssetType.CRYPTO && !one.interval().isDaily())
                .toList()) {
            for (List<Candle> part : CorpusEvaluation.responses(series)) {
                for (int trial = 0; trial < TRIALS; trial++) {
                    int end = 20 + random.nextInt(part.size() - 20);
                    // The last candle is not over yet.
                    Instant now = part.get(end - 1).openTime().plusSeconds(120 + random.nextInt(3360));
                    List<Candle> sent = InjectedFault.shiftedAll(part.subList(0, end), Duration.ofHours(hours));
                    Findings ahead = CandleScreen.screen(series.response(sent), now, Findings.NONE);
                    boolean found = QualitySamples.checks(ahead).contains(QualityCheck.FUTURE_TIME)
                            || isStale(series, sent, now);
                    score = score.plus(found, isStale(series, part.subList(0, end), now) ? 1 : 0);
                }
            }
        }
        return score;
    }

    /** What the closes of a series are flagged for, one after the other, as quotes. */
    static List<Findings.Finding> quotes(CorpusSeries series) {
        var state = new InstrumentState();
        List<Findings.Finding> all = new ArrayList<>();
        for (int i = 0; i < series.candles().size(); i++) {
            all.addAll(
                    state.screen(quote(series, i), series.end(i), Findings.NONE).list());
        }
        return all;
    }

    private static Quote quote(CorpusSeries series, int bar) {
        return quote(series, series.candles().get(bar).close(), series.end(bar));
    }

    private static Quote quote(CorpusSeries series, BigDecimal price, Instant at) {
        return new Quote(series.listing(), price, null, null, null, null, null, null, null, null, null, at);
    }

    private static Quote quote(CorpusSeries series, Candle bar, BigDecimal bid, BigDecimal ask) {
        return new Quote(
                series.listing(), bar.close(), bid, null, ask, null, null, null, null, null, null, bar.openTime());
    }
}
