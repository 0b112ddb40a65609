package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.Recording;
import java.nio.file.Path;
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

    @Test
    void fred_is_asked_once_what_a_series_is() {
        try (var upstream = PlaybackServer.start()
                        .on(VALUES, PlaybackServer.json(OBSERVATIONS))
                        .on(
                                DESCRIPTION,
                                PlaybackServer.json(Recording.of("fred", "fred_series--GDP-2024-11-json")
                                        .body()));
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
            assertThat(gateway.get("/api/v1/series/fred/GDP?format=csv").text())
                    .startsWith("time,value,freshness,source\n2024-04-01T00:00:00Z,,");
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
