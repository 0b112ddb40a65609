package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.SeriesDetails;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What macro series say about their values: title, unit, the multiplier of the unit, frequency, seasonal adjustment. */
class SeriesDetailsTest {
    private final List<ProviderRequest> requests = new ArrayList<>();

    private Series answer(String provider, SeriesQuery query, byte[] body) {
        Outcome<QueryResult> outcome = outcome(provider, query, body);
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        return (Series) ((Outcome.Success<QueryResult>) outcome).value().data();
    }

    private Outcome<QueryResult> outcome(String provider, SeriesQuery query, String body) {
        return outcome(provider, query, body.getBytes(StandardCharsets.UTF_8));
    }

    private Outcome<QueryResult> outcome(String provider, SeriesQuery query, byte[] body) {
        Descriptor descriptor = DescriptorReader.builtIn(provider);
        var module = new ProviderModule(
                descriptor, MappedAdapter.of(descriptor, descriptor.mapping().orElseThrow()));
        Transport transport = (request, _) -> {
            requests.add(request);
            return Outcome.success(new RawPayload(200, Map.of(), body, Instant.EPOCH));
        };
        return new ProviderSource(module, Mode.LIVE, transport).fetch(query, TestCalls.patient());
    }

    private Series fetch(String provider, String id, byte[] body) {
        return answer(provider, new SeriesQuery(new ProviderId(provider), id, null, null, 1000), body);
    }

    private Series fetch(String provider, String id, String body) {
        return fetch(provider, id, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fred_describes_a_series_in_a_response_of_its_own() {
        SeriesQuery query = new SeriesQuery(new ProviderId("fred"), "GDP", null, null, 10).description();
        Series series = answer(
                "fred",
                query,
                Recording.of("fred", "fred_series--GDP-2024-11-json").body());
        assertThat(series)
                .isEqualTo(new Series(
                        "GDP",
                        "Gross Domestic Product",
                        "Billions of Dollars",
                        new SeriesDetails(null, "Quarterly", "Seasonally Adjusted Annual Rate"),
                        null,
                        List.of(),
                        null));
        assertThat(requests.getFirst().path()).isEqualTo("/fred/series");
    }

    @Test
    void eurostat_names_units_in_json_stat_and_marks_missing_values() {
        String body = """
                {"version": "2.0", "class": "dataset", "label": "HICP - monthly data (index)", "source": "ESTAT",
                 "updated": "2026-01-19T11:00:00+0100", "value": {"0": 129.8, "2": 130.1}, "status": {"1": ":", "2": "p"},
                 "id": ["freq", "unit", "coicop", "geo", "time"], "size": [1, 1, 1, 1, 3],
                 "dimension": {
                  "freq": {"label": "Time frequency", "category": {"index": {"M": 0}, "label": {"M": "Monthly"}}},
                  "unit": {"label": "Unit of measure", "category": {"index": {"I15": 0}, "label": {"I15": "Index, 2015=100"}}},
                  "coicop": {"label": "COICOP", "category": {"index": {"CP00": 0}, "label": {"CP00": "All-items HICP"}}},
                  "geo": {"label": "Geo", "category": {"index": {"DE": 0}, "label": {"DE": "Germany"}}},
                  "time": {"label": "Time", "category": {"index": {"2025-10": 0, "2025-11": 1, "2025-12": 2},
                    "label": {"2025-10": "2025-10", "2025-11": "2025-11", "2025-12": "2025-12"}}}}}
                """;
        Series series = fetch("eurostat", "prc_hicp_midx/M.I15.CP00.DE", body);
        assertThat(series.title()).isEqualTo("HICP - monthly data (index)");
        assertThat(series.unit()).isEqualTo("Index, 2015=100");
        assertThat(series.details()).isEqualTo(new SeriesDetails(null, "Monthly", null));
        assertThat(series.observations())
                .containsExactly(
                        new Observation(Instant.parse("2025-10-01T00:00:00Z"), new BigDecimal("129.8")),
                        new Observation(Instant.parse("2025-11-01T00:00:00Z"), null),
                        new Observation(Instant.parse("2025-12-01T00:00:00Z"), new BigDecimal("130.1")));
        assertThat(requests.getFirst().asMap()).containsEntry("format", "JSON");
    }

    @Test
    void oecd_has_units_and_their_multipliers_as_attributes() {
        Series old = fetch(
                "oecd",
                "QNA/AUT.B1_GE.VOBARSA.Q",
                Recording.of("oecd", "datareader--oecd1").body());
        assertThat(old.unit()).isEqualTo("Euro");
        assertThat(old.details()).isEqualTo(new SeriesDetails(new BigDecimal("1000000"), "Quarterly", null));

        String body = """
                {"data": {"dataSets": [{"structure": 0, "attributes": [], "dimensionGroupAttributes": {"0::": [0], "1::": [1]},
                   "series": {"0:0": {"attributes": [null], "observations": {"0": [1.5, 0]}},
                              "1:0": {"attributes": [null], "observations": {"0": [2.5, 1]}}}}],
                 "structures": [{"name": "Quarterly national accounts", "dimensions": {
                   "series": [{"id": "FREQ", "keyPosition": 0, "values": [{"id": "Q", "name": "Quarterly"}, {"id": "A", "name": "Annual"}]},
                     {"id": "UNIT_MEASURE", "keyPosition": 1, "values": [{"id": "XDC", "name": "National currency"}]}],
                   "observation": [{"id": "TIME_PERIOD", "keyPosition": 2, "values": [{"id": "2025"}]}]},
                  "attributes": {"dataSet": [],
                   "dimensionGroup": [{"id": "ADJUSTMENT", "values": [{"id": "Y", "name": "Seasonally adjusted"}, {"id": "N", "name": "Neither"}]}],
                   "series": [{"id": "CONF", "values": []}],
                   "observation": [{"id": "UNIT_MULT", "values": [{"id": "6", "name": "Millions"}, {"id": "0", "name": "Units"}]}]}}]}}
                """;
        Series quarterly = fetch("oecd", "X/Q.XDC", body);
        assertThat(quarterly.title()).isEqualTo("Quarterly national accounts");
        assertThat(quarterly.unit()).isEqualTo("National currency");
        assertThat(quarterly.details())
                .isEqualTo(new SeriesDetails(new BigDecimal("1000000"), "Quarterly", "Seasonally adjusted"));
        assertThat(fetch("oecd", "X/A.XDC", body).details()).isEqualTo(new SeriesDetails(null, "Annual", "Neither"));
    }

    private static String oecd(String multipliers, String observations) {
        return """
                {"data": {"dataSets": [{"structure": 0, "attributes": [],
                   "series": {"0:0": {"attributes": [], "observations": {%s}}}}],
                 "structures": [{"name": "Accounts", "dimensions": {
                   "series": [{"id": "FREQ", "keyPosition": 0, "values": [{"id": "A", "name": "Annual"}]},
                     {"id": "UNIT_MEASURE", "keyPosition": 1, "values": [{"id": "XDC", "name": "National currency"}]}],
                   "observation": [{"id": "TIME_PERIOD", "keyPosition": 2, "values": [{"id": "2024"}, {"id": "2025"}]}]},
                  "attributes": {"dataSet": [], "series": [], "observation": [%s]}}]}}
                """.formatted(observations, multipliers);
    }

    @Test
    void a_unit_is_that_of_all_values_and_known_with_its_multiplier_only() {
        String codes = "{'id': 'UNIT_MULT', 'values': [{'id': '6'}, {'id': '0'}]}".replace('\'', '"');
        var query = new SeriesQuery(new ProviderId("oecd"), "X/A.XDC", null, null, 1000);
        Outcome<QueryResult> mixed = outcome("oecd", query, oecd(codes, "\"0\": [1.5, 0], \"1\": [1500000, 1]"));
        assertThat(((Outcome.Failed<QueryResult>) mixed).failure().message()).contains("in several units");
        Series last = fetch("oecd", "X/A.XDC", oecd(codes, "\"0\": [1.5, 0], \"1\": [null, null]"));
        assertThat(last.unit()).isEqualTo("National currency");
        assertThat(last.details().unitMultiplier()).isEqualTo("1000000");
        for (String body :
                List.of(oecd(codes, "\"0\": [1.5, 0], \"1\": [2.5, null]"), oecd("", "\"0\": [1.5], \"1\": [2.5]"))) {
            Series unknown = fetch("oecd", "X/A.XDC", body);
            assertThat(unknown.unit()).isNull();
            assertThat(unknown.details().unitMultiplier()).isNull();
            assertThat(unknown.observations()).hasSize(2);
        }
    }

    @Test
    void a_unit_whose_multiplier_is_said_of_a_group_is_not_known() {
        String body = """
                {"data": {"dataSets": [{"structure": 0, "dimensionGroupAttributes": {"0:0:": [0]},
                   "observations": {"0:0:0": [1.5], "0:0:1": [2.5]}}],
                 "structures": [{"name": "Accounts", "dimensions": {
                   "observation": [{"id": "FREQ", "keyPosition": 0, "values": [{"id": "A", "name": "Annual"}]},
                     {"id": "UNIT_MEASURE", "keyPosition": 1, "values": [{"id": "XDC", "name": "National currency"}]},
                     {"id": "TIME_PERIOD", "keyPosition": 2, "values": [{"id": "2024"}, {"id": "2025"}]}]},
                  "attributes": {"dimensionGroup": [{"id": "UNIT_MULT", "values": [{"id": "6", "name": "Millions"}]}]}}]}}
                """;
        Series series = fetch("oecd", "X/A.XDC", body);
        assertThat(series.observations()).hasSize(2);
        assertThat(series.unit()).isNull();
        assertThat(series.details()).isEqualTo(new SeriesDetails(null, "Annual", null));
    }

    @Test
    void the_imf_says_units_and_frequency_as_codes_and_sends_whole_units() {
        Series percent = fetch(
                "imf",
                "IMF.AFR/AFRREO/AGO.GGX_G01_GDP_PT.A",
                Recording.of("imf", "sdmx3_data--AFRREO-88e401").body());
        assertThat(percent.unit()).isEqualTo("PT");
        assertThat(percent.details()).isEqualTo(new SeriesDetails(null, "Annual", null));
        Series index = fetch(
                "imf",
                "IMF.AFR/AFRREO/AGO.TTT_IX.A",
                Recording.of("imf", "sdmx3_data--AFRREO-88e401").body());
        assertThat(index.unit()).isEqualTo("IX");
        // 94.669 billion euros with SCALE 9, which is how tables show it.
        Series gdp = fetch(
                "imf",
                "IMF.RES/WEO/SVK.NGDP_R.A",
                Recording.of("imf", "sdmx_IMF_RES--WEO-data").body());
        assertThat(gdp.observations().getFirst().value()).isEqualTo("94669000000");
        assertThat(gdp.details().unitMultiplier()).isNull();
    }

    @Test
    void the_ecb_says_what_a_series_is_in_each_row() {
        String body = """
                KEY,FREQ,REF_AREA,ADJUSTMENT,TIME_PERIOD,OBS_VALUE,OBS_STATUS,TITLE,TITLE_COMPL,UNIT,UNIT_MULT
                MNA.Q.I9.Y,Q,I9,Y,2024-Q1,3718923.5,A,Gross domestic product,Gross domestic product at market prices - Euro area,EUR,6
                MNA.Q.I9.Y,Q,I9,Y,2024-Q2,3745000.25,A,Gross domestic product,Gross domestic product at market prices - Euro area,EUR,6
                """;
        Series series = fetch("ecb", "MNA/Q.I9.Y", body);
        assertThat(series.title()).isEqualTo("Gross domestic product at market prices - Euro area");
        assertThat(series.unit()).isEqualTo("EUR");
        assertThat(series.details()).isEqualTo(new SeriesDetails(new BigDecimal("1000000"), "Quarterly", null));
        Series rate = fetch("ecb", "EURUSD", """
                KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,TITLE_COMPL,UNIT,UNIT_MULT
                EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-01-02,1.1725,ECB reference exchange rate,USD,0
                """);
        assertThat(rate.title()).isEqualTo("EUR/USD euro foreign exchange reference rate");
        assertThat(rate.details()).isEqualTo(new SeriesDetails(null, "Daily", null));
    }

    @ParameterizedTest
    @CsvSource({"8, 100000000", "-2, 0.01", "15, 1000000000000000", "0,", "16,", "UNKNOWN,"})
    void a_unit_multiplier_is_a_power_of_ten_and_another_code_says_nothing(
            String code, @Nullable BigDecimal multiplier) {
        Series series = fetch("ecb", "ICP/M", """
                KEY,FREQ,TIME_PERIOD,OBS_VALUE,UNIT_MULT
                ICP.M,M,2024-01,110.5,%s
                """.formatted(code));
        assertThat(series.observations().getFirst().value()).isEqualTo("110.5");
        assertThat(series.details().unitMultiplier()).isEqualTo(multiplier);
    }

    @Test
    void econdb_and_the_world_bank_name_what_they_send() {
        Series rate = fetch(
                "econdb",
                "FRB_H15.A9601.M.US",
                Recording.of("econdb", "api_series--TCMII_-2022-03-json~3").body());
        assertThat(rate.unit()).isEqualTo("Percent: Per Year");
        assertThat(rate.details()).isEqualTo(new SeriesDetails(null, "Monthly", null));
        Series gdp = fetch(
                "worldbank",
                "US/NY.GDP.MKTP.CD",
                Recording.of("worldbank", "indicator--US-GDP").body());
        assertThat(gdp.title()).isEqualTo("GDP (current US$)");
        assertThat(gdp.unit()).isNull();
    }
}
