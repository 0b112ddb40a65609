package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.provider.descriptor.InvalidDescriptor;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that differ for some types of instruments or some intervals, and rows that are a null. */
class MappingCasesTest {
    private static final String RESPONSE = "{'rows': {'path': '%s', 'nullable': true}, 'fields':"
            + " {'time': {'path': 't', 'format': 'seconds'}, 'open': 'o', 'high': 'o', 'low': 'o', 'close': 'o'}}";
    private static final String DAY = "{'t': 1782777600, 'o': 5}";

    private static CandlesQuery query(Interval interval) {
        return new CandlesQuery(MappedSample.ACME, MappedSample.PAIR, interval, null, null, 10);
    }

    private static SeriesQuery series(String id) {
        return new SeriesQuery(MappedSample.ACME, id, null, null, 10);
    }

    private static MappedSample sample(String condition) {
        return MappedSample.of("candles")
                .request("{'path': '/daily'}")
                .response(RESPONSE.formatted("days.day"))
                .cases("{" + condition + ", 'candles': {'request': {'path': '/minutes'}, 'response': "
                        + RESPONSE.formatted("series") + "}}");
    }

    @Test
    void an_interval_may_have_its_own_request_and_response() {
        MappedSample sample = sample("'intervals': ['1m']");
        Candles daily = (Candles) sample.data(query(Interval.D1), "{'days': {'day': [" + DAY + "]}}");
        Candles minutes = (Candles) sample.data(query(Interval.M1), "{'series': [" + DAY + "]}");
        assertThat(daily.candles()).isEqualTo(minutes.candles()).hasSize(1);
        assertThat(sample.requests).extracting("path").containsExactly("/daily", "/minutes");
    }

    @Test
    void a_type_may_have_its_own_request_and_response() {
        assertThat(((Candles) sample("'types': ['crypto']").data(query(Interval.D1), "{'series': [" + DAY + "]}"))
                        .candles())
                .hasSize(1);
        assertThat(((Candles) sample("'types': ['stock']").data(query(Interval.D1), "{'days': {'day': [" + DAY + "]}}"))
                        .candles())
                .hasSize(1);
    }

    @Test
    void an_asset_may_have_its_own_request_and_response() {
        MappedSample sample = sample("'bases': ['ETH', 'BTC']");
        assertThat(((Candles) sample.data(query(Interval.D1), "{'series': [" + DAY + "]}")).candles())
                .hasSize(1);
        assertThat(sample.requests).extracting("path").containsExactly("/minutes");
    }

    @Test
    void a_series_may_have_its_own_request() {
        String fields = "'fields': {'time': {'path': 't', 'format': 'date'}, 'value': 'v'}}";
        MappedSample sample = MappedSample.of("series")
                .response("{'rows': {'path': 'all'}, " + fields)
                .cases("{'ids': ['gold'], 'series': {'request': {'path': '/gold'}, 'response': {'rows': {'path': ''}, "
                        + fields + "}}");
        String row = "[{'t': '2026-07-03', 'v': 5}]";
        Series gold = (Series) sample.data(series("gold"), row);
        Series other = (Series) sample.data(series("rent"), "{'all': " + row + "}");
        assertThat(gold.observations()).isEqualTo(other.observations()).hasSize(1);
        assertThat(sample.requests).extracting("path").containsExactly("/gold", "/x");
    }

    @Test
    void a_field_may_mean_another_for_a_type() {
        for (String type : List.of("crypto", "stock")) {
            Candles candles = (Candles) MappedSample.of("candles")
                    .response(RESPONSE.formatted("all").replace("'close': 'o'", "'close': 'o', 'volume': 'v'"))
                    .cases("{'types': ['" + type + "'], 'renamed': {'volume': 'quote_volume'}}")
                    .data(query(Interval.D1), "{'all': [{'t': 1782777600, 'o': 5, 'v': 7}]}");
            Candle candle = candles.candles().getFirst();
            boolean quoted = type.equals("crypto");
            assertThat(quoted ? candle.quoteVolume() : candle.volume()).isEqualByComparingTo("7");
            assertThat(quoted ? candle.volume() : candle.quoteVolume()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "volumes, quote_volume, volumes' is not a field of any operation",
        "volume, quote_volumes, volume' cannot be 'quote_volumes'; which is not a field of candles",
        "close, trades, close' is required for candles",
        "volume, trades, volume' cannot be 'trades'; which is there already",
        "volume, dividend, volume' cannot be 'dividend'; which is there already",
    })
    void a_field_is_not_renamed_to_one_that_is_unknown_or_there(String field, String other, String reason) {
        String fields = "'close': 'o', 'volume': 'v', 'trades': 'n'";
        String form = "{'start': ['x'], "
                + RESPONSE.formatted("x")
                        .substring(1)
                        .replace("'close': 'o'", "'close': 'o', 'volume': 'v', 'dividend': 'd'");
        MappedSample sample = MappedSample.of("candles")
                .response(RESPONSE.formatted("all")
                        .replace("'close': 'o'", fields)
                        .replaceFirst("'rows'", "'forms': [" + form + "], 'rows'"))
                .cases("{'types': ['crypto'], 'renamed': {'" + field + "': '" + other + "'}}");
        assertThatThrownBy(() -> sample.fetch(query(Interval.D1), "{}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageMatching("[^:]+:\\d+:\\d+: .*")
                .hasMessageContaining(reason.replace(';', ','));
    }

    @Test
    void a_form_may_have_some_intervals_only_and_names_of_its_own_for_them() {
        MappedSample sample = MappedSample.of("candles")
                .response(RESPONSE.formatted("days")
                        .replaceFirst(
                                "'rows'",
                                "'forms': [{'start': ['unit'], 'intervals': {'1m': 'MINUTE'}, 'check': {'unit': '{interval}'}, "
                                        + RESPONSE.formatted("minutes").substring(1) + "], 'rows'"));
        String body = "{'unit': '%s', 'minutes': [" + DAY + "]}";
        assertThat(((Candles) sample.data(query(Interval.M1), body.formatted("MINUTE"))).candles())
                .hasSize(1);
        assertThat(sample.failure(query(Interval.M1), body.formatted("DAY"))).isInstanceOf(Failure.Malformed.class);
        assertThat(sample.failure(query(Interval.D1), body.formatted("MINUTE"))).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void a_currency_of_prices_may_be_unsupported() {
        MappedSample sample = sample("'quotes': ['EUR', 'USD'], 'unsupported': ['candles']");
        assertThat(sample.failure(query(Interval.D1), "{'series': []}")).isInstanceOf(Failure.Unsupported.class);
        assertThat(sample.requests).isEmpty();
    }

    @Test
    void of_several_versions_of_a_value_the_latest_counts() {
        MappedSample sample = MappedSample.of("series")
                .response("{'rows': {'path': ''}, 'fields': {'time': {'path': 't', 'format': 'date'}, 'value': 'v',"
                        + " 'version': {'path': 'r', 'optional': true}}}");
        String first = "{'t': '2026-04-01', 'v': 1, 'r': '2026-06-30'}";
        String second = "{'t': '2026-04-01', 'v': 2, 'r': '9999-12-31'}";
        String other = "{'t': '2026-04-01', 'v': 3, 'r': '9999-12-31'}";
        for (String body : List.of(first + "," + second, second + "," + first, second + "," + second)) {
            assertThat(((Series) sample.data(series("rent"), "[" + body + "]")).observations())
                    .extracting(Observation::value)
                    .containsExactly(new BigDecimal("2"));
        }
        assertThat(sample.failure(series("rent"), "[" + second + "," + other + "]"))
                .isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void an_operation_that_a_type_does_not_have_is_rejected_without_a_request() {
        MappedSample sample = sample("'types': ['stock', 'crypto'], 'unsupported': ['candles']");
        assertThat(sample.failure(query(Interval.D1), "{'series': []}"))
                .isEqualTo(new Failure.Unsupported(MappedSample.ACME, "acme has no candles of BTC/USD"));
        assertThat(sample.requests).isEmpty();
    }

    @Test
    void an_asset_whose_id_is_not_known_is_rejected_without_a_request() {
        MappedSample sample = MappedSample.of("candles")
                .request("{'path': '/coins/{base_id}', 'query': {'from': '{from}'}}")
                .response(RESPONSE.formatted("all"));
        var dated = new CandlesQuery(
                MappedSample.ACME,
                MappedSample.PAIR,
                Interval.D1,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(864_000),
                10);
        assertThat(sample.failure(dated, "{'all': []}"))
                .isEqualTo(new Failure.Unsupported(MappedSample.ACME, "acme has no candles of BTC/USD"));
        assertThat(sample.requests).isEmpty();
    }

    @Test
    void a_case_says_what_it_is_for() {
        assertThatThrownBy(() -> sample("'unsupported': []").fetch(query(Interval.D1), "{}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("must say what the case is for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'days': null}", "{'days': {'day': null}}", "{'days': {'day': []}}"})
    void a_null_on_the_way_to_the_rows_says_that_there_are_none(String body) {
        assertThat(((Candles) sample("'intervals': ['1m']").data(query(Interval.D1), body)).candles())
                .isEmpty();
    }

    @Test
    void an_empty_object_of_instruments_has_no_rows() {
        MappedSample sample = MappedSample.of("candles").response(RESPONSE.formatted("bars.{symbol}"));
        CandlesQuery query = query(Interval.D1);
        assertThat(((Candles) sample.data(query, "{'bars': {'BTC-USD': [" + DAY + "]}}")).candles())
                .hasSize(1);
        for (String none : List.of("{'bars': {}}", "{'bars': null}", "{'bars': {'BTC-USD': null}}")) {
            assertThat(((Candles) sample.data(query, none)).candles()).as(none).isEmpty();
        }
        for (String wrong : List.of("{}", "{'bars': []}", "{'bars': 1}", "{'other': {}}", "{'bars': {'X': []}}")) {
            assertThat(sample.failure(query, wrong)).as(wrong).isInstanceOf(Failure.Malformed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{'days': {}}", "{'days': 'null'}", "{'days': 0}", "{'other': null}"})
    void rows_that_are_missing_are_not_null(String body) {
        assertThat(sample("'intervals': ['1m']").failure(query(Interval.D1), body))
                .isInstanceOf(Failure.Malformed.class);
    }
}
