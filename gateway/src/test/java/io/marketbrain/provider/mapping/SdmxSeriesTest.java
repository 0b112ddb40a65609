package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Series of statistics offices: SDMX messages in each of their forms, and the ids of series. */
class SdmxSeriesTest {
    private final List<ProviderRequest> requests = new ArrayList<>();

    private Outcome<QueryResult> fetch(String provider, String id, byte[] body) {
        Descriptor descriptor = DescriptorReader.builtIn(provider);
        var module = new ProviderModule(
                descriptor, MappedAdapter.of(descriptor, descriptor.mapping().orElseThrow()));
        Transport transport = (request, _) -> {
            requests.add(request);
            return Outcome.success(new RawPayload(200, Map.of(), body, Instant.EPOCH));
        };
        var query = new SeriesQuery(new ProviderId(provider), id, null, null, 1000);
        return new ProviderSource(module, Mode.LIVE, transport).fetch(query, TestCalls.patient());
    }

    private Outcome<QueryResult> fetch(String provider, String id, String body) {
        return fetch(provider, id, body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Observation> observations(Outcome<QueryResult> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        return ((Series) ((Outcome.Success<QueryResult>) outcome).value().data()).observations();
    }

    private static Failure failure(Outcome<QueryResult> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<QueryResult>) outcome).failure();
    }

    @ParameterizedTest
    @CsvSource({
        "imf, sdmx3_data--AFRREO-88e401, IMF.AFR/AFRREO/AGO.TTT_IX.A, 27, 2000-01-01, 69.0499463006066",
        "imf, sdmx_IMF_RES--WEO-data, IMF.RES/WEO/SVK.NGDP_R.A, 1, 2018-01-01, 94669000000",
        "oecd, datareader--oecd1, QNA/AUT.B1_GE.VOBARSA.Q, 12, 2009-01-01, 291301.971016",
        "eurostat, datareader--cdh_e_fos, cdh_e_fos/PC.TOTAL.FOS1.DK.A, 2, 2006-01-01, 26.5",
        "ecb, sdmx_ECB_EXR--rg-ts, EXR/M.GBP.EUR.SP00.E, 3, 2010-08-01, 0.82363",
    })
    void one_series_of_several_is_the_requested_one(
            String provider, String recording, String id, int count, String first, BigDecimal value) {
        List<Observation> found = observations(
                fetch(provider, id, Recording.of(provider, recording).body()));
        assertThat(found).hasSize(count);
        assertThat(found.getFirst()).isEqualTo(new Observation(Instant.parse(first + "T00:00:00Z"), value));
    }

    @Test
    void a_series_that_a_message_lacks_is_unknown() {
        byte[] body = Recording.of("imf", "sdmx3_data--AFRREO-88e401").body();
        assertThat(failure(fetch("imf", "IMF.AFR/AFRREO/XXX.TTT_IX.A", body)))
                .isInstanceOf(Failure.UnknownInstrument.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdmx3_data--GFS_SOO-3ca1db", "sdmx3_data--GFS_SOO-f6dc22"})
    void a_value_that_is_not_published_is_null(String recording) {
        byte[] body = Recording.of("imf", recording).body();
        List<Observation> found = observations(fetch("imf", "IMF.STA/GFS_SOO/ABW.S13.G2M.G23_T.POGDP_PT.A", body));
        assertThat(found).hasSize(5).allSatisfy(one -> assertThat(one.value()).isNull());
        assertThat(requests.getFirst().path())
                .isEqualTo("/external/sdmx/3.0/data/dataflow/IMF.STA/GFS_SOO/+/ABW.S13.G2M.G23_T.POGDP_PT.A");
    }

    @Test
    void dimensions_at_the_data_set_and_at_observations_are_parts_of_the_key() {
        String body = """
                {"data": {"structure": {"dimensions": {
                   "dataSet": [{"id": "FREQ", "keyPosition": 0, "values": [{"id": "M"}]}],
                   "observation": [{"id": "TIME_PERIOD", "keyPosition": 2, "values": [{"id": "2025-M01"}, {"id": "2025-M02"}]},
                     {"id": "GEO", "keyPosition": 1, "values": [{"id": "DE"}, {"id": "FR"}]}]}},
                 "dataSets": [{"observations": {"0:0": [1.5], "1:0": [2.50], "0:1": [3], "1:1": []}}]}}
                """;
        assertThat(observations(fetch("oecd", "X/M.DE", body)))
                .containsExactly(
                        new Observation(Instant.parse("2025-01-01T00:00:00Z"), new BigDecimal("1.5")),
                        new Observation(Instant.parse("2025-02-01T00:00:00Z"), new BigDecimal("2.50")));
        assertThat(observations(fetch("oecd", "X/M.FR", body)).getLast().value())
                .isNull();
        assertThat(failure(fetch("oecd", "X/DE.M", body))).isInstanceOf(Failure.UnknownInstrument.class);
        assertThat(failure(fetch("oecd", "X/M.DE", body.replace("\"1:0\"", "\"7:0\""))))
                .isInstanceOf(Failure.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                DATAFLOW,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS
                X(1.0),D,GBP,EUR,SP00,A,2025-01-02,0.83,A
                """, """
                <StructureSpecificData><DataSet>
                 <Series FREQ="D" CURRENCY="GBP" CURRENCY_DENOM="EUR" EXR_TYPE="SP00" EXR_SUFFIX="A" COLLECTION="A">
                  <Obs TIME_PERIOD="2025-01-02" OBS_VALUE="0.83"/></Series>
                </DataSet></StructureSpecificData>
                """})
    void codes_of_a_key_are_compared_in_their_order(String body) {
        assertThat(observations(fetch("oecd", "EXR/D.GBP.EUR.SP00.A", body))).hasSize(1);
        assertThat(failure(fetch("oecd", "EXR/D.EUR.GBP.SP00.A", body))).isInstanceOf(Failure.UnknownInstrument.class);
    }

    @Test
    void flat_messages_are_read_like_those_with_series() {
        String generic = """
                <GenericData><DataSet>
                 <Obs><ObsKey><Value id="FREQ" value="Q"/><Value id="GEO" value="DE"/><Value id="TIME_PERIOD" value="2025-Q2"/></ObsKey>
                  <ObsValue value="1.25"/></Obs></DataSet></GenericData>
                """;
        String specific = """
                <StructureSpecificData><DataSet><Obs FREQ="Q" GEO="DE" TIME_PERIOD="2025-Q2" OBS_VALUE="1.25" OBS_STATUS="A"/></DataSet>
                </StructureSpecificData>
                """;
        for (String body : List.of(generic, specific)) {
            assertThat(observations(fetch("eurostat", "x/Q.DE", body)))
                    .containsExactly(new Observation(Instant.parse("2025-04-01T00:00:00Z"), new BigDecimal("1.25")));
        }
    }

    @Test
    void series_at_one_time_have_another_dimension_at_their_observations() {
        String generic = """
                <GenericData><DataSet><Series><SeriesKey><Value id="FREQ" value="M"/><Value id="DENOM" value="EUR"/>
                 <Value id="TIME_PERIOD" value="2010-08"/></SeriesKey>
                 <Obs><ObsDimension id="CURRENCY" value="CHF"/><ObsValue value="1.3413"/></Obs>
                 <Obs><ObsDimension id="CURRENCY" value="JPY"/><ObsValue value="110.04"/></Obs></Series></DataSet></GenericData>
                """;
        String specific = """
                <StructureSpecificData><DataSet><Series TIME_PERIOD="2010-08" FREQ="M" DENOM="EUR" COLL_METHOD="Average">
                 <Obs CURRENCY="CHF" OBS_VALUE="1.3413" UNIT_MEASURE="CHF"/><Obs CURRENCY="JPY" OBS_VALUE="110.04" UNIT_MEASURE="JPY"/>
                </Series></DataSet></StructureSpecificData>
                """;
        for (String body : List.of(generic, specific)) {
            assertThat(observations(fetch("eurostat", "x/M.JPY.EUR", body)))
                    .containsExactly(new Observation(Instant.parse("2010-08-01T00:00:00Z"), new BigDecimal("110.04")));
            assertThat(failure(fetch("eurostat", "x/M.USD.EUR", body))).isInstanceOf(Failure.UnknownInstrument.class);
        }
        assertThat(failure(fetch("eurostat", "x/M.JPY.EUR", generic.replace(" id=\"CURRENCY\"", ""))))
                .isInstanceOf(Failure.class)
                .isNotInstanceOf(Failure.UnknownInstrument.class);
    }

    @Test
    void two_values_at_one_time_are_not_one_series() {
        String body = """
                <GenericData><DataSet>
                 <Series><SeriesKey><Value id="GEO" value="DE"/></SeriesKey><Obs><ObsDimension value="2025"/><ObsValue value="%s"/></Obs></Series>
                 <Series><SeriesKey><Value id="GEO" value="DE"/></SeriesKey><Obs><ObsDimension value="2025"/><ObsValue value="2"/></Obs></Series>
                </DataSet></GenericData>
                """;
        assertThat(failure(fetch("eurostat", "x/DE", body.formatted("1")))).isInstanceOf(Failure.Malformed.class);
        assertThat(observations(fetch("eurostat", "x/DE", body.formatted("2")))).hasSize(1);
    }

    @Test
    void years_without_data_and_holidays_are_null() {
        String bank = """
                [{"total": 1}, [{"indicator": {"id": "NY.GDP"}, "country": {"id": "US"}, "date": "2025", "value": null}]]
                """;
        assertThat(observations(fetch("worldbank", "US/NY.GDP", bank))
                        .getFirst()
                        .value())
                .isNull();
        String holiday = """
                {"observations": [{"date": "2025-12-25", "value": "."}]}
                """;
        assertThat(observations(fetch("fred", "DGS10", holiday)).getFirst().value())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prc_hicp_midx",
                "x/M..DE",
                "x/M.*.DE",
                "x/A+M.DE",
                "../x/M.DE",
                "x/../M.DE",
                "x//M.DE",
                "/M.DE",
                "x/"
            })
    void an_id_that_names_no_single_series_is_unknown_and_nothing_is_sent(String id) {
        assertThat(failure(fetch("eurostat", id, "<GenericData/>"))).isInstanceOf(Failure.UnknownInstrument.class);
        assertThat(requests).isEmpty();
    }
}
