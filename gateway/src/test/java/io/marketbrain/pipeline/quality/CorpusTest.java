package io.marketbrain.pipeline.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderClock;
import io.marketbrain.pipeline.normalisation.NormalisationLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the checks must find in the fault corpus, and what they must leave alone. */
class CorpusTest {
    private static final CorpusReport REPORT = CorpusReport.committed();
    private static final Path DOCUMENTATION = Path.of("../docs/data-quality.md");
    private static final String START = "<!-- corpus -->\n";
    private static final String END = "<!-- /corpus -->";
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    @Test
    void gross_faults_are_found_in_95_of_100_cases() {
        assertThat(REPORT.classes()).filteredOn(CorpusReport.FaultClass::gross).allSatisfy(one -> {
            assertThat(one.reported().injected()).as(one.title()).isPositive();
            assertThat(one.reported().recall()).as(one.title()).isGreaterThanOrEqualTo(0.95);
            assertThat(one.reported().precision()).as(one.title()).isGreaterThanOrEqualTo(0.95);
            assertThat(one.tuning().recall()).as(one.title() + ", tuning").isGreaterThanOrEqualTo(0.95);
        });
    }

    @Test
    void clean_series_have_at_most_one_false_alarm_in_ten_thousand_candles() {
        assertThat(REPORT.cleanBars()).isGreaterThan(10_000);
        // The source of SPY has two contradictory candles, and that of BTC a hole of two years.
        assertThat(REPORT.falseAlarms().stream()
                        .filter(line -> !line.startsWith("SPY-1d | contradictory_ohlc | the candle of 2015-03-"))
                        .filter(line -> !line.equals("BTCUSDT-1h-2020 | stale_feed | after 2020-07-01T03:00:00Z"))
                        .toList())
                .hasSizeLessThanOrEqualTo(REPORT.cleanBars() / 10_000);
    }

    @Test
    void series_that_look_faulty_and_are_not_are_answered_and_splits_are_flagged() {
        List<CorpusSeries> controls = CorpusSeries.committed("events").stream()
                .filter(one -> one.label().equals("real"))
                .toList();
        assertThat(controls)
                .extracting(CorpusSeries::name)
                .contains("GME-1d-2021-01-squeeze", "WTI-1d-2020-04-negative");
        assertThat(controls)
                .allSatisfy(series -> assertThat(flags(series))
                        .as(series.name())
                        .containsExactlyElementsOf(
                                series.name().contains("split-unadjusted") ? List.of("split_like") : List.of()));
        assertThat(QualityCheck.SPLIT_LIKE.defaultAction()).isEqualTo(QualityAction.FLAG);
    }

    /** The flags with which the responses of a series are returned, but that of unknown holidays; fails if one is refused. */
    private static List<String> flags(CorpusSeries series) {
        var quality = new QualityLayer(
                QualitySamples.BINANCE, QualityConfig.defaults(), ReferencePrices.none(), new ProviderClock());
        List<String> flags = new ArrayList<>();
        for (List<Candle> part : CorpusEvaluation.responses(series)) {
            MarketDataSource provider = (_, _) -> Outcome.success(QualitySamples.answer(series.response(part), LATER));
            var query = new CandlesQuery(
                    QualitySamples.BINANCE,
                    series.listing().instrument(),
                    series.interval(),
                    part.getFirst().openTime(),
                    series.interval().next(part.getLast().openTime()),
                    part.size());
            Outcome<QueryResult> outcome = quality.around(
                            new NormalisationLayer(InstantSource.fixed(LATER)).around(provider))
                    .fetch(query, QualitySamples.call());
            assertThat(outcome).as(series.name()).isInstanceOf(Outcome.Success.class);
            ((Outcome.Success<QueryResult>) outcome)
                    .value().provenance().flags().stream()
                            .map(QualityFlag::code)
                            .filter(code -> !code.equals("holidays_unknown"))
                            .forEach(flags::add);
        }
        return flags;
    }

    @Test
    void known_faults_of_units_and_splits_are_found() {
        String found = REPORT.events("fault").stream().collect(Collectors.joining("\n"));
        assertThat(found).containsPattern("AET-L[^\n]*suspected_factor");
        assertThat(found).containsPattern("SSW-JO[^\n]*suspected_factor");
        assertThat(found).containsPattern("MOB-ST[^\n]*suspected_factor");
        assertThat(found).containsPattern("LA-V[^\n]*suspected_factor");
        assertThat(found).containsPattern("CNE-L[^\n]*split_like");
    }

    /** To write the tables anew, run this test with BRAIN_WRITE_EXAMPLES=1 in the environment. */
    @Test
    void the_tables_in_the_documentation_are_what_is_measured() throws IOException {
        String page = Files.readString(DOCUMENTATION);
        int start = page.indexOf(START) + START.length();
        String expected = page.substring(0, start) + "\n" + REPORT.text() + "\n" + page.substring(page.indexOf(END));
        if (System.getenv("BRAIN_WRITE_EXAMPLES") != null) {
            Files.writeString(DOCUMENTATION, expected);
        }
        assertThat(Files.readString(DOCUMENTATION)).isEqualTo(expected);
    }
}
