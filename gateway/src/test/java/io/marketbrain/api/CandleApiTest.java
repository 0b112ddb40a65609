package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Candles in their three formats and page by page. It is 09:00 UTC on 2024-02-21. */
class CandleApiTest {
    private static final String PATH = "/api/v1/candles/exchange/BTCUSDT";

    private final ApiFixture fixture = new ApiFixture(ApiFixture.SAMPLES);
    private final ContractClient client = fixture.client;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void the_open_bar_is_not_complete_and_gaps_are_listed() {
        JsonNode data = client.get(PATH + "?limit=3").json().get("data");
        assertThat(data.get("candles")).hasSize(3);
        assertThat(data.at("/candles/1/complete").asBoolean()).isTrue();
        assertThat(data.at("/candles/2/complete").asBoolean()).isFalse();
        assertThat(data.at("/gaps/0/missing").asInt()).isEqualTo(1);
        assertThat(data.at("/candles/0").has("session_date")).isFalse();
    }

    @Test
    void bars_of_a_day_have_a_date_and_a_zone() {
        JsonNode data = client.get(PATH + "?interval=1d&limit=2").json().get("data");
        assertThat(data.get("zone").asString()).isEqualTo("UTC");
        assertThat(data.at("/candles/1/session_date").asString()).isEqualTo("2024-02-21");
    }

    @Test
    void csv_has_a_header_row_original_digits_empty_cells_and_a_source() {
        var answer = client.get(PATH + "?limit=3&format=csv");
        List<String> lines = answer.text().lines().toList();
        assertThat(lines.getFirst())
                .isEqualTo(
                        "open_time,open,high,low,close,volume,quote_volume,trades,complete,source,symbol,interval,currency");
        assertThat(lines.get(1)).isEqualTo("2024-02-21T07:00:00Z,1,3.10,0.9,2,10,,7,true,exchange,BTC/USDT,1h,USDT");
        assertThat(lines).hasSize(4);
        assertThat(answer.header("X-Mock")).isEqualTo("false");
        assertThat(answer.header("X-Missing-Bars")).isEqualTo("1");
    }

    @Test
    void a_chart_is_an_image_that_names_instrument_and_interval_and_says_that_it_is_mock() {
        var live = client.get(PATH + "?limit=3&format=svg");
        assertThat(live.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(live.header("X-Mock")).isEqualTo("false");
        assertThat(live.text())
                .startsWith("<svg")
                .contains("BTC/USDT at exchange, 1h")
                .doesNotContain("mock data");
        assertThat(client.get(PATH + "?limit=3", "Accept", "image/avif,image/svg+xml,image/*,*/*;q=0.8")
                        .header("Content-Type"))
                .isEqualTo("image/svg+xml");
    }

    @Test
    void accept_selects_the_format_and_the_format_parameter_overrides_it() {
        assertThat(client.get(PATH, "Accept", "text/csv").header("Content-Type"))
                .startsWith("text/csv");
        assertThat(client.get(PATH, "Accept", "application/x-ndjson").header("Content-Type"))
                .isEqualTo("application/x-ndjson");
        assertThat(client.get(PATH, "Accept", "text/html, */*").header("Content-Type"))
                .isEqualTo("application/json");
        assertThat(client.get(PATH + "?format=json", "Accept", "text/csv").header("Content-Type"))
                .isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv;q=0.5, application/json|application/json",
                "application/json;q=0.4, text/csv;q=0.5|text/csv",
                "text/csv;q=0, */*|application/json",
                "text/csv;q=0|application/json",
                "text/*|text/csv",
                "application/*|application/json",
                "*/*|application/json",
                "text/csv, */*|text/csv",
                "application/x-ndjson;q=0.9, text/csv;q=0.8, */*;q=0.1|application/x-ndjson",
                "TEXT/CSV ; Q=1.0|text/csv",
                "text/csvx|application/json",
                "text/csv;q=x, application/json|application/json",
                "text/csv, application/json|text/csv"
            })
    void weights_in_accept_count(String accept, String type) {
        assertThat(client.get(PATH, "Accept", accept).header("Content-Type")).startsWith(type);
    }

    @Test
    void csv_names_symbol_and_interval_in_each_row_and_a_file() {
        var answer = client.get(PATH + "?limit=3&format=csv");
        List<String> lines = answer.text().lines().toList();
        assertThat(lines.getFirst()).endsWith(",source,symbol,interval,currency");
        assertThat(lines.get(1)).endsWith(",exchange,BTC/USDT,1h,USDT");
        assertThat(answer.header("Content-Disposition")).isEqualTo("inline; filename=\"exchange-BTC-USDT-1h.csv\"");
    }

    @ParameterizedTest
    @CsvSource({"1H, 1h", "60m, 1h", "24h, 1d", "1min, 1m", "7d, 1w", "90m, ''", "1mo, 1M", "hourly, ''"})
    void a_wrong_interval_is_answered_with_the_one_that_was_probably_meant(String interval, String meant) {
        String error =
                client.get(PATH + "?interval=" + interval).json().get("error").asString();
        if (meant.isEmpty()) {
            assertThat(error).doesNotContain("did you mean");
        } else {
            assertThat(error).endsWith("; did you mean " + meant + "?");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-01%2010:00, 2024-01-01T10:00:00Z",
        "2024-01-01T10:00, 2024-01-01T10:00:00Z",
        "2024-01-01%2010:00:05, 2024-01-01T10:00:05Z",
        "2024/01/02, 2024-01-02"
    })
    void a_time_without_zone_is_answered_with_the_form_to_use(String time, String meant) {
        String error = client.get(PATH + "?from=" + time).json().get("error").asString();
        assertThat(error).endsWith("; did you mean " + meant + "?");
    }

    @Test
    void a_valid_time_that_is_out_of_range_has_no_other_form() {
        String error = client.get(PATH + "?from=1970-01-01").json().get("error").asString();
        assertThat(error).doesNotContain("did you mean");
    }

    @Test
    void ndjson_ends_with_a_trailer_whose_checksum_covers_every_byte_before_it() throws Exception {
        String text = client.get(PATH + "?limit=3&format=ndjson").text();
        int last = text.lastIndexOf('\n', text.length() - 2) + 1;
        JsonNode trailer = ContractDocument.JSON.readTree(text.substring(last));
        byte[] before = text.substring(0, last).getBytes(StandardCharsets.UTF_8);
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(before));
        assertThat(trailer.get("checksum").asString()).isEqualTo("sha256:" + hash);
        assertThat(trailer.get("count").asInt()).isEqualTo(3);
        assertThat(trailer.at("/gaps/0/missing").asInt()).isEqualTo(1);
        assertThat(text.lines()).hasSize(4);
    }

    @Test
    void pages_follow_each_other_without_lost_or_repeated_bars() {
        var times = new ArrayList<String>();
        String target = PATH + "?from=2024-02-20T00:00:00Z&to=2024-02-21T00:00:00Z&limit=7&timeout=5";
        int pages = 0;
        while (target != null) {
            var page = client.get(target);
            page.json()
                    .at("/data/candles")
                    .forEach(candle -> times.add(candle.get("open_time").asString()));
            String link = page.header("Link");
            JsonNode cursor = page.json().get("next_cursor");
            assertThat(cursor.isNull()).isEqualTo(link.isEmpty());
            if (!link.isEmpty()) {
                assertThat(link).endsWith(">; rel=\"next\"").contains("cursor=" + cursor.asString());
                assertThat(link).contains("limit=7").contains("timeout=5").doesNotContain("from=");
            }
            target = link.isEmpty() ? null : link.substring(1, link.indexOf('>'));
            pages++;
        }
        assertThat(pages).isEqualTo(4);
        assertThat(times).hasSize(24).doesNotHaveDuplicates().isSorted();
        assertThat(times.getFirst()).isEqualTo("2024-02-20T00:00:00Z");
        assertThat(times.getLast()).isEqualTo("2024-02-20T23:00:00Z");
    }

    @Test
    void pages_end_at_the_present() {
        var page = client.get(PATH + "?from=2024-02-21T08:00:00Z&limit=2");
        assertThat(page.json().at("/data/candles")).hasSize(2);
        assertThat(page.header("Link")).isEmpty();
    }

    @Test
    void the_last_bars_have_no_next_page() {
        assertThat(client.get(PATH + "?limit=3").header("Link")).isEmpty();
    }

    @Test
    void a_full_last_page_has_no_empty_page_after_it() {
        var page = client.get(PATH + "?from=2024-02-20T00:00:00Z&to=2024-02-20T04:00:00Z&limit=4");
        assertThat(page.json().at("/data/candles")).hasSize(4);
        assertThat(page.json().get("next_cursor").isNull()).isTrue();
    }

    @Test
    void a_cursor_is_valid_only_for_its_interval() {
        String cursor = client.get(PATH + "?from=2024-02-20&limit=2")
                .json()
                .get("next_cursor")
                .asString();
        assertThat(client.get(PATH + "?interval=1m&cursor=" + cursor).status()).isEqualTo(422);
        assertThat(client.get(PATH + "?cursor=" + cursor).status()).isEqualTo(200);
        assertThat(client.get(PATH + "?cursor=" + cursor + "&to=2024-02-20T01:00:00Z")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void complete_bars_have_the_same_etag_in_every_request() {
        String target = PATH + "?from=2024-02-20&to=2024-02-21";
        String etag = client.get(target).header("ETag");
        assertThat(client.get(target, "If-None-Match", etag).status()).isEqualTo(304);
        assertThat(client.get(target + "&format=csv").header("ETag")).isNotEqualTo(etag);
        String csv = client.get(target + "&format=csv").header("ETag");
        assertThat(client.get(target + "&format=csv", "If-None-Match", csv).status())
                .isEqualTo(304);
    }

    @Test
    void a_range_in_the_future_is_rejected_in_every_format() {
        for (String format : List.of("json", "csv", "ndjson")) {
            var answer = client.get(PATH + "?from=2024-02-22&to=2024-02-23&format=" + format);
            assertThat(answer.status()).as(format).isEqualTo(422);
            assertThat(answer.json().get("field").asString()).isEqualTo("from");
            assertThat(answer.json().get("error").asString()).contains("in the future");
        }
    }
}
