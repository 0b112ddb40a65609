package io.marketbrain.pipeline.quality;

import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.pipeline.CandleMerge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Measures the checks of candles on the fault corpus: each series is cut into responses, a fault is injected into each, and
 * what is found is compared with what was injected. Only the onset of a fault counts, not its further candles.
 */
final class CorpusEvaluation {
    private static final int RESPONSE = 200;
    private static final int LEAST_RESPONSE = 60;
    private static final int TRIALS = 5;

    /** The candles of a response before and after which no fault begins. */
    private static final int MARGIN = 12;

    /** The draws after which no candle of another instrument is looked for any more. */
    private static final int DRAWS = 500;

    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    private CorpusEvaluation() {}

    /** Finds what is doubtful in the candles of a response as they were sent. */
    @FunctionalInterface
    interface Screen {
        List<Findings.Finding> screen(CorpusSeries series, List<Candle> sent);
    }

    /** What is found in a response as it was sent: sorted, then screened, with what sorting found. */
    static List<Findings.Finding> screen(CorpusSeries series, List<Candle> sent) {
        var merge = new CandleMerge(series.interval(), LATER);
        merge.add(sent);
        Findings found = Findings.NONE;
        for (var flag : merge.flags(List.of())) {
            found = found.and(QualityCheck.find(flag.code()).orElseThrow(), flag.detail());
        }
        Candles candles = series.response(List.copyOf(merge.byTime().values()));
        return SeriesScreen.screen(candles, CandleScreen.screen(candles, LATER, found))
                .list();
    }

    /** The responses that a series is cut into; the whole series if it is short. */
    static List<List<Candle>> responses(CorpusSeries series) {
        List<List<Candle>> all = new ArrayList<>();
        List<Candle> candles = series.candles();
        for (int from = 0; from < candles.size(); from += RESPONSE) {
            List<Candle> one = candles.subList(from, Math.min(candles.size(), from + RESPONSE));
            if (one.size() >= LEAST_RESPONSE) {
                all.add(one);
            }
        }
        return all.isEmpty() ? List.of(candles) : all;
    }

    static FaultScore score(InjectedFault fault, List<CorpusSeries> all) {
        return score(fault, all, CorpusEvaluation::screen);
    }

    static FaultScore score(InjectedFault fault, List<CorpusSeries> all, Screen screen) {
        FaultScore score = FaultScore.NONE;
        var random = new SplittableRandom(14 + fault.ordinal());
        for (CorpusSeries series : all.stream().filter(fault::suits).toList()) {
            for (List<Candle> clean : responses(series)) {
                Set<String> before = details(screen.screen(series, clean));
                for (int trial = 0; trial < TRIALS; trial++) {
                    int onset = MARGIN + random.nextInt(clean.size() - 2 * MARGIN);
                    List<Candle> other = other(fault, series, clean.get(onset), all, random);
                    List<Candle> sent = fault.inject(clean, onset, other, random);
                    if (!sent.equals(clean)) {
                        score = judged(fault, score, screen.screen(series, sent), before, sent, onset);
                    }
                }
            }
        }
        return score;
    }

    private static FaultScore judged(
            InjectedFault fault,
            FaultScore score,
            List<Findings.Finding> findings,
            Set<String> before,
            List<Candle> sent,
            int onset) {
        boolean found = false;
        int others = 0;
        for (Findings.Finding one : findings) {
            if (before.contains(one.detail())) {
                continue;
            }
            boolean right = fault.finders().contains(one.check())
                    && (fault.isThroughout() || isAt(one, sent, onset, fault.latest()));
            found |= right;
            others += right ? 0 : 1;
        }
        return score.plus(found, others);
    }

    /** Candles of another instrument, the first of which has a price as far from that of a candle as the fault needs. */
    private static List<Candle> other(
            InjectedFault fault, CorpusSeries series, Candle own, List<CorpusSeries> all, SplittableRandom random) {
        for (int i = 0; i < DRAWS; i++) {
            CorpusSeries one = all.get(random.nextInt(all.size()));
            int from = random.nextInt(one.candles().size());
            if (!one.asset().equals(series.asset())
                    && fault.suits(own, one.candles().get(from))) {
                return one.candles().subList(from, one.candles().size());
            }
        }
        return List.of(own);
    }

    private static boolean isAt(Findings.Finding one, List<Candle> sent, int onset, int latest) {
        for (int i = onset - 1; i <= Math.min(onset + latest, sent.size() - 1); i++) {
            if (one.detail().contains(sent.get(i).openTime().toString())) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> details(List<Findings.Finding> findings) {
        Set<String> all = new HashSet<>();
        findings.forEach(one -> all.add(one.detail()));
        return all;
    }

    /** What is found in a series as it is. */
    static List<Findings.Finding> findings(CorpusSeries series, Screen screen) {
        return responses(series).stream()
                .flatMap(part -> screen.screen(series, part).stream())
                .toList();
    }
}
