package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.facade.FacadeClient;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.Recording;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What economic series say about their values, over a whole gateway. */
class DescribedSeriesTest {
    private static final String VALUES = "/fred/series/observations";
    private static final String DESCRIPTION = "/fred/series";
    private static final String OBSERVATIONS = """
            {"realtime_start": "2024-10-30", "realtime_end": "2024-10-30", "units": "lin", "count": 2, "offset": 0, "limit": 1000,
             "observations": [
               {"realtime_start": "2024-10-30", "realtime_end": "2024-10-30", "date": "2024-04-01", "value": "."},
               {"realtime_start": "2024-10-30", "realtime_end": "2024-10-30", "date": "2024-07-01", "value": "29354.321"}]}
            """;

    @TempDir
    Path folder;

    private TestGateway fred(PlaybackServer upstream) {
        return TestGateway.live(folder, "fred", upstream, "FRED_API_KEY", "0123456789abcdef0123456789abcdef");
    }

    /** Values of GDP, and what it is. */
    private static PlaybackServer described() {
        return PlaybackServer.start()
                .on(VALUES, PlaybackServer.json(OBSERVATIONS))
                .on(
                        DESCRIPTION,
                        PlaybackServer.json(Recording.of("fred", "fred_series--GDP-2024-11-json")
                                .body()));
    }

    @Test
    void fred_is_asked_once_what_a_series_is() {
        try (var upstream = described();
                var gateway = fred(upstream)) {
            JsonNode series = gateway.get("/api/v1/series/fred/GDP").json().get("data");
            assertThat(series.get("title").asString()).isEqualTo("Gross Domestic Product");
            assertThat(series.get("unit").asString()).isEqualTo("Billions of Dollars");
            assertThat(series.get("frequency").asString()).isEqualTo("Quarterly");
            assertThat(series.get("seasonal_adjustment").asString()).isEqualTo("Seasonally Adjusted Annual Rate");
            assertThat(series.has("unit_multiplier")).isFalse();
            assertThat(series.at("/observations/0/value").isNull()).isTrue();
            assertThat(series.at("/observations/1/time").asString()).isEqualTo("2024-07-01T00:00:00Z");
            JsonNode range =
                    gateway.get("/api/v1/series/fred/GDP?from=2024-07-01").json();
            assertThat(range.at("/data/unit").asString()).isEqualTo("Billions of Dollars");
            assertThat(upstream.asked(VALUES)).hasSize(2);
            assertThat(upstream.asked(DESCRIPTION)).hasSize(1);
            assertThat(gateway.get("/api/v1/series/fred/GDP?format=csv").text()).isEqualTo("""
                            time,value,freshness,source,unit,unit_multiplier
                            2024-04-01T00:00:00Z,,fresh,fred,Billions of Dollars,
                            2024-07-01T00:00:00Z,29354.321,fresh,fred,Billions of Dollars,
                            """);
        }
    }

    @Test
    void values_of_fred_come_without_a_description_that_fails() {
        try (var upstream = PlaybackServer.start()
                        .on(VALUES, PlaybackServer.json(OBSERVATIONS))
                        .on(DESCRIPTION, PlaybackServer.status(404, "{}"));
                var gateway = fred(upstream)) {
            JsonNode series = gateway.get("/api/v1/series/fred/GDP").json().get("data");
            assertThat(series.get("title").asString()).isEqualTo("GDP");
            assertThat(series.get("unit").isNull()).isTrue();
            assertThat(series.get("observations")).hasSize(2);
        }
    }

    @Test
    void a_unit_is_shown_with_its_multiplier() {
        String rows = """
                KEY,FREQ,REF_AREA,ADJUSTMENT,TIME_PERIOD,OBS_VALUE,OBS_STATUS,TITLE,TITLE_COMPL,UNIT,UNIT_MULT
                MNA.Q.I9.Y,Q,I9,Y,2024-Q1,3718923.5,A,Gross domestic product,GDP - Euro area,EUR,6
                """;
        try (var upstream = PlaybackServer.start().on("/service/data/MNA/Q.I9.Y", PlaybackServer.status(200, rows));
                var gateway = TestGateway.live(folder, "ecb", upstream);
                var facade = new FacadeClient(gateway.port(), "")) {
            String path = "/api/v1/series/ecb/MNA/Q.I9.Y";
            assertThat(gateway.get(path).json().at("/data/unit_multiplier").asString())
                    .isEqualTo("1000000");
            assertThat(gateway.get(path + "?format=csv").text()).isEqualTo("""
                            time,value,freshness,source,unit,unit_multiplier
                            2024-01-01T00:00:00Z,3718923.5,fresh,ecb,EUR,1000000
                            """);
            String call = """
                    {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "records",
                     "arguments": {"kind": "series", "subject": "ecb:MNA/Q.I9.Y"}}}
                    """;
            assertThat(facade.post("/mcp", call).body()).contains("date,value of GDP - Euro area, EUR × 1000000");
        }
    }

    @Test
    void descriptions_that_fail_stop_no_values() {
        try (var upstream = PlaybackServer.start()
                        .on(VALUES, PlaybackServer.json(OBSERVATIONS))
                        .on(DESCRIPTION, PlaybackServer.status(500, "{}"));
                var gateway = fred(upstream)) {
            for (String id : List.of("A", "B", "C", "D", "E", "F", "G", "H")) {
                ContractClient.Answer answer = gateway.get("/api/v1/series/fred/" + id);
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                assertThat(answer.json().at("/data/quality/0/code").asString()).isEqualTo("not_described");
            }
            assertThat(upstream.asked(VALUES)).hasSize(8);
            assertThat(upstream.asked(DESCRIPTION)).as("each once").hasSize(8);
        }
    }

    @Test
    void a_replay_describes_a_series_as_the_recording_does() {
        String recording = folder.resolve("recording").toString();
        String target = "/api/v1/series/fred/GDP";
        String received;
        try (var upstream = described();
                var gateway = TestGateway.live(
                        folder,
                        "fred",
                        upstream,
                        "FRED_API_KEY",
                        "0123456789abcdef0123456789abcdef",
                        "RECORD_FOLDER",
                        recording)) {
            JsonNode series = gateway.get(target).json().get("data");
            assertThat(series.get("unit").asString()).isEqualTo("Billions of Dollars");
            received = series.get("received_at").asString();
        }
        try (var gateway = TestGateway.with(
                        folder.resolve("two"),
                        "REPLAY_FOLDER",
                        recording,
                        "FRED_MODE",
                        "replay",
                        "REPLAY_CLOCK",
                        "recorded");
                var facade = new FacadeClient(gateway.port(), "")) {
            for (int i = 0; i < 2; i++) {
                JsonNode series = gateway.get(target).json().get("data");
                assertThat(series.get("unit").asString()).isEqualTo("Billions of Dollars");
                assertThat(series.get("received_at").asString()).isEqualTo(received);
                gateway.client.send("DELETE", "/api/v1/cache/fred/GDP");
            }
            assertThat(facade.get("/at/" + Instant.now() + target).body()).contains("Billions of Dollars");
        }
    }

    @Test
    void eurostat_names_units_in_the_response_with_the_values() {
        try (var upstream = PlaybackServer.start()
                        .on(
                                "/eurostat/api/dissemination/sdmx/2.1/data/prc_hicp_midx/M.I15.CP00.DE",
                                PlaybackServer.json(Recording.of("eurostat", "data--HICP-json")
                                        .body()));
                var gateway = TestGateway.live(folder, "eurostat", upstream)) {
            JsonNode series = gateway.get("/api/v1/series/eurostat/prc_hicp_midx/M.I15.CP00.DE")
                    .json()
                    .get("data");
            assertThat(series.get("unit").asString()).isEqualTo("Index, 2015=100");
            assertThat(series.get("frequency").asString()).isEqualTo("Monthly");
        }
    }
}
