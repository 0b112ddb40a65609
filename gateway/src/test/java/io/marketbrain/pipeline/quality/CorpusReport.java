package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Interval;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the checks find in the fault corpus, as the tables of docs/data-quality.md. {@code main} prints them; its argument is
 * a folder with further series.
 */
final class CorpusReport {
    /** What {@link JumpScreen} needs, and what it is compared with. */
    private static final int[] DEVIATIONS = {5, 8, 10, 12, 15, 20, 30};

    private static final int[] MISSING = {1, 2, 3, 4, 8, 15};

    private final List<CorpusSeries> reported = new ArrayList<>();
    private final List<CorpusSeries> tuning = new ArrayList<>();
    private final List<CorpusSeries> events = new ArrayList<>();

    CorpusReport(List<CorpusSeries> clean, List<CorpusSeries> events) {
        clean.forEach(one -> (one.isForTuning() ? tuning : reported).add(one));
        this.events.addAll(events);
    }

    /** The report of the series in this project. */
    static CorpusReport committed() {
        return new CorpusReport(CorpusSeries.committed("clean"), CorpusSeries.committed("events"));
    }

    /**
     * A class of faults.
     *
     * @param gross whether it must be found in 95 of 100 cases
     * @param tuning the score of the series by which the limits were chosen
     */
    record FaultClass(String title, boolean gross, FaultScore reported, FaultScore tuning) {}

    List<FaultClass> classes() {
        List<FaultClass> all = new ArrayList<>();
        for (InjectedFault fault : InjectedFault.values()) {
            all.add(measured(fault.title(), fault.isGross(), some -> CorpusEvaluation.score(fault, some)));
        }
        all.add(measured("time-shifted, an hour ahead of the clock", true, some -> QuoteEvaluation.shifted(some, 1)));
        all.add(measured("time-shifted, five hours behind", true, some -> QuoteEvaluation.shifted(some, -5)));
        all.add(measured(
                "stale, four hours or days missing", true, some -> QuoteEvaluation.stale(hoursOrDays(some), 4)));
        all.add(measured(
                "stale quote of crypto, two days old",
                true,
                some -> QuoteEvaluation.staleQuotes(some, Duration.ofDays(2))));
        all.add(measured("crossed quote", true, QuoteEvaluation::crossed));
        all.add(recorded("crossed quote, recorded", RecordedBooks::crossedQuotes));
        all.add(recorded("crossed book, recorded", RecordedBooks::crossedBooks));
        all.add(quote("quote: factor 100", true, 100));
        all.add(quote("quote: factor 1/100", true, 0.01));
        all.add(quote("quote: factor 1000", true, 1000));
        all.add(quote("quote: factor 10", true, 10));
        all.add(measured("quote: inverse", true, some -> QuoteEvaluation.changed(some, QuoteEvaluation.inverse())));
        all.add(quote("quote: factor 3", false, 3));
        all.add(quote("quote: factor 2", false, 2));
        all.add(measured(
                "all candles after quotes: factor 100",
                true,
                some -> QuoteEvaluation.changedResponse(some, QuoteEvaluation.factor(100))));
        return all;
    }

    private FaultClass quote(String title, boolean gross, double factor) {
        return measured(title, gross, some -> QuoteEvaluation.changed(some, QuoteEvaluation.factor(factor)));
    }

    private FaultClass measured(String title, boolean gross, Function<List<CorpusSeries>, FaultScore> measure) {
        return new FaultClass(title, gross, measure.apply(reported), measure.apply(tuning));
    }

    private static FaultClass recorded(String title, Supplier<FaultScore> measure) {
        return new FaultClass(title, true, measure.get(), FaultScore.NONE);
    }

    /** What is found in clean series, by series: in candles and in their closes as quotes. */
    List<String> falseAlarms() {
        List<String> all = new ArrayList<>();
        for (CorpusSeries series : reported) {
            CorpusEvaluation.findings(series, CorpusEvaluation::screen).forEach(one -> all.add(line(series, one)));
            QuoteEvaluation.quotes(series).forEach(one -> all.add(line(series, one)));
            QuoteEvaluation.pauses(series).forEach(one -> all.add(series.name() + " | stale_feed | after " + one));
        }
        return all;
    }

    private static String line(CorpusSeries series, Findings.Finding one) {
        return series.name() + " | " + one.check().wire() + " | " + one.detail();
    }

    /** The candles in which false alarms were looked for. */
    int cleanBars() {
        return reported.stream().mapToInt(one -> one.candles().size()).sum();
    }

    /** The series that look faulty and are not, or are, with the codes of what is found in them. */
    List<String> events(String label) {
        return events.stream()
                .filter(one -> one.label().equals(label))
                .map(one -> "| " + one.name() + " | " + one.candles().size() + " | " + codes(one) + " |")
                .toList();
    }

    private static String codes(CorpusSeries series) {
        Set<QualityCheck> checks = CorpusEvaluation.findings(series, CorpusEvaluation::screen).stream()
                .map(Findings.Finding::check)
                .collect(Collectors.toCollection(() -> java.util.EnumSet.noneOf(QualityCheck.class)));
        QuoteEvaluation.quotes(series).forEach(one -> checks.add(one.check()));
        List<String> codes = new ArrayList<>(
                checks.stream().map(check -> "`" + check.wire() + "`").toList());
        for (Instant pause : QuoteEvaluation.pauses(series)) {
            codes.add("`stale_feed` after " + pause);
        }
        return codes.isEmpty() ? "nothing" : String.join(", ", codes);
    }

    /** The tables in Markdown. */
    String text() {
        var text = new StringBuilder("""
                | fault | gross | injected | recall | precision | recall, tuning |
                |---|---|---|---|---|---|
                """);
        for (FaultClass one : classes()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %.3f | %.3f | %s |%n",
                    one.title(),
                    one.gross() ? "yes" : "",
                    one.reported().injected(),
                    one.reported().recall(),
                    one.reported().precision(),
                    one.tuning().injected() == 0
                            ? ""
                            : String.format(Locale.ROOT, "%.3f", one.tuning().recall())));
        }
        text.append("\nJumps by the limit, which is 15 deviations (").append(jumpHeader());
        for (int deviations : DEVIATIONS) {
            text.append(jumpLine(deviations));
        }
        text.append(
                "\n| hours or days missing at the end | found | stocks and indices | crypto |\n|---|---|---|---|\n");
        for (int missing : MISSING) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %d | %.3f | %.3f | %.3f |%n",
                    missing,
                    QuoteEvaluation.stale(hoursOrDays(reported), missing).recall(),
                    QuoteEvaluation.stale(of(false), missing).recall(),
                    QuoteEvaluation.stale(of(true), missing).recall()));
        }
        text.append("\nClean series, ")
                .append(cleanBars())
                .append(" candles:\n\n| series | check | finding |\n|---|---|---|\n");
        falseAlarms().forEach(line -> text.append("| ").append(line).append(" |\n"));
        text.append("\n| looks faulty and is not | candles | found |\n|---|---|---|\n");
        events("real").forEach(line -> text.append(line).append('\n'));
        text.append("\n| known faults | candles | found |\n|---|---|---|\n");
        events("fault").forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private List<CorpusSeries> of(boolean crypto) {
        return hoursOrDays(reported).stream()
                .filter(one -> crypto == (one.type() == AssetType.CRYPTO))
                .toList();
    }

    private static List<CorpusSeries> hoursOrDays(List<CorpusSeries> all) {
        return all.stream()
                .filter(one -> one.interval().compareTo(Interval.H1) >= 0)
                .toList();
    }

    private String jumpHeader() {
        return cleanBars() + " clean candles):\n\n"
                + "| deviations | jump by 10 % | by 30 % | by 100 % | by 30 %, tuning | false alarms | looks faulty and is not |\n"
                + "|---|---|---|---|---|---|---|\n";
    }

    private String jumpLine(int deviations) {
        CorpusEvaluation.Screen screen = (series, sent) -> JumpScreen.screen(
                        series.response(sent), deviations / JumpScreen.GAP_DEVIATIONS, Findings.NONE)
                .list();
        return String.format(
                Locale.ROOT,
                "| %d | %.3f | %.3f | %.3f | %.3f | %d | %d |%n",
                deviations,
                CorpusEvaluation.score(InjectedFault.JUMP_10_PERCENT, reported, screen)
                        .recall(),
                CorpusEvaluation.score(InjectedFault.JUMP_30_PERCENT, reported, screen)
                        .recall(),
                CorpusEvaluation.score(InjectedFault.JUMP_100_PERCENT, reported, screen)
                        .recall(),
                CorpusEvaluation.score(InjectedFault.JUMP_30_PERCENT, tuning, screen)
                        .recall(),
                alarms(reported, screen),
                alarms(events.stream().filter(one -> one.label().equals("real")).toList(), screen));
    }

    private static int alarms(List<CorpusSeries> all, CorpusEvaluation.Screen screen) {
        return all.stream()
                .mapToInt(series -> CorpusEvaluation.findings(series, screen).size())
                .sum();
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        List<CorpusSeries> clean = new ArrayList<>(CorpusSeries.committed("clean"));
        List<CorpusSeries> events = new ArrayList<>(CorpusSeries.committed("events"));
        if (args.length > 0) {
            clean.addAll(CorpusSeries.others(Path.of(args[0]), "clean"));
            events.addAll(CorpusSeries.others(Path.of(args[0]), "events"));
        }
        System.out.print(new CorpusReport(clean, events).text());
    }
}
