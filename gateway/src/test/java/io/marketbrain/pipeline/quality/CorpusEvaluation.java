package io.marketbrain.pipeline.quality;

import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.pipeline.CandleMerge;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Measures the checks of candles on the fault corpus: each series is cut into responses, a fault is injected into each, and
 * what is found is compared with what was injected. {@code main} prints the tables of docs/data-quality.md; its argument
 * is a folder with further series.
 */
final class CorpusEvaluation {
    private static final int RESPONSE = 200;
    private static final int LEAST_RESPONSE = 60;
    private static final int TRIALS = 5;
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    private CorpusEvaluation() {}

    /**
     * How one fault was found.
     *
     * @param injected how often it was injected
     * @param flagged how often any check named the candle with which it began
     * @param named how often a check of the right kind did
     * @param others findings that name another candle, or are of another kind
     */
    record Score(int injected, int flagged, int named, int others) {
        double recall() {
            return part(flagged, injected);
        }

        double namedRecall() {
            return part(named, injected);
        }

        double precision() {
            return part(named, named + others);
        }

        private static double part(int some, int all) {
            return all == 0 ? 1 : (double) some / all;
        }
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
        return SeriesScreen.screen(candles, CandleScreen.screen(candles, LATER, found)).list();
    }

    /** The responses that a series is cut into. */
    static List<List<Candle>> responses(CorpusSeries series) {
        List<List<Candle>> all = new ArrayList<>();
        for (int from = 0; from < series.candles().size(); from += RESPONSE) {
            List<Candle> one = series.candles()
                    .subList(from, Math.min(series.candles().size(), from + RESPONSE));
            if (one.size() >= LEAST_RESPONSE) {
                all.add(one);
            }
        }
        return all;
    }

    static Map<InjectedFault, Score> scores(List<CorpusSeries> all) {
        Map<InjectedFault, Score> scores = new EnumMap<>(InjectedFault.class);
        for (InjectedFault fault : InjectedFault.values()) {
            int injected = 0;
            int flagged = 0;
            int named = 0;
            int others = 0;
            var random = new SplittableRandom(14 + fault.ordinal());
            for (CorpusSeries series : all) {
                if (!fault.suits(series)) {
                    continue;
                }
                for (List<Candle> clean : responses(series)) {
                    Set<String> before = details(screen(series, clean));
                    for (int trial = 0; trial < TRIALS; trial++) {
                        CorpusSeries other = other(series, all, random);
                        int onset = 12 + random.nextInt(clean.size() - 24);
                        List<Candle> sent = fault.inject(clean, onset, other.candles(), random);
                        if (sent.equals(clean)) {
                            continue;
                        }
                        injected++;
                        boolean isFlagged = false;
                        boolean isNamed = false;
                        for (Findings.Finding one : screen(series, sent)) {
                            if (before.contains(one.detail())) {
                                continue;
                            }
                            boolean at = isAt(one, sent, onset, fault.latest());
                            boolean right = at && fault.finders().contains(one.check());
                            isFlagged |= at;
                            isNamed |= right;
                            others += right ? 0 : 1;
                        }
                        flagged += isFlagged ? 1 : 0;
                        named += isNamed ? 1 : 0;
                    }
                }
            }
            scores.put(fault, new Score(injected, flagged, named, others));
        }
        return scores;
    }

    /** Another series, whose prices are more than twice or less than half as high. */
    private static CorpusSeries other(CorpusSeries series, List<CorpusSeries> all, SplittableRandom random) {
        for (int i = 0; i < 100; i++) {
            CorpusSeries one = all.get(random.nextInt(all.size()));
            double ratio = one.candles().getFirst().close().doubleValue()
                    / series.candles().getFirst().close().doubleValue();
            if (ratio > 2 || ratio < 0.5) {
                return one;
            }
        }
        throw new IllegalStateException("no series of another price than " + series.name());
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

    /** What is found in series as they are, by series. */
    static List<String> findings(List<CorpusSeries> all) {
        List<String> lines = new ArrayList<>();
        for (CorpusSeries series : all) {
            List<List<Candle>> parts = responses(series);
            for (List<Candle> part : parts.isEmpty() ? List.of(series.candles()) : parts) {
                for (Findings.Finding one : screen(series, part)) {
                    lines.add(series.name() + ": " + one.check().wire() + ": " + one.detail());
                }
            }
        }
        return lines;
    }

    static int bars(List<CorpusSeries> all) {
        return all.stream().mapToInt(one -> one.candles().size()).sum();
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        List<CorpusSeries> clean = new ArrayList<>(CorpusSeries.committed("clean"));
        List<CorpusSeries> events = new ArrayList<>(CorpusSeries.committed("events"));
        if (args.length > 0) {
            clean.addAll(CorpusSeries.others(Path.of(args[0]), "clean"));
            events.addAll(CorpusSeries.others(Path.of(args[0]), "events"));
        }
        List<CorpusSeries> reported = clean.stream().filter(one -> !one.isForTuning()).toList();
        List<CorpusSeries> tuning = clean.stream().filter(CorpusSeries::isForTuning).toList();
        System.out.println("| fault | injected | recall | recall, right check | precision | recall (tuning) |\n|---|---|---|---|---|---|");
        Map<InjectedFault, Score> tuned = scores(tuning);
        scores(reported)
                .forEach((fault, score) -> System.out.printf(
                        Locale.ROOT,
                        "| %s | %d | %.3f | %.3f | %.3f | %.3f |%n",
                        fault.name().toLowerCase(Locale.ROOT),
                        score.injected(),
                        score.recall(),
                        score.namedRecall(),
                        score.precision(),
                        tuned.get(fault).recall()));
        QuoteEvaluation.print(reported, tuning);
        System.out.println("\nclean series of the report, " + bars(reported) + " bars:");
        findings(reported).forEach(System.out::println);
        System.out.println("\nclean series of the tuning, " + bars(tuning) + " bars:");
        findings(tuning).forEach(System.out::println);
        for (String label : List.of("real", "fault")) {
            List<CorpusSeries> some = events.stream().filter(one -> one.label().equals(label)).toList();
            System.out.println("\n" + label + " events, " + some.size() + " series, " + bars(some) + " bars:");
            findings(some).forEach(System.out::println);
        }
    }
}
