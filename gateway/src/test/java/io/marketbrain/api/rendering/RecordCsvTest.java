package io.marketbrain.api.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.api.ContractClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Books, trades, series and news as CSV have the rows and digits of the JSON. */
class RecordCsvTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = TestGateway.with(folder, "MOCK_CLOCK", "2024-02-21T09:00:00Z");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static List<String> csv(String target) {
        ContractClient.Answer answer = gateway.get(target + (target.contains("?") ? "&" : "?") + "format=csv");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/csv; charset=utf-8; header=present");
        assertThat(answer.header("X-Mock")).isEqualTo("true");
        assertThat(answer.text()).endsWith("\n").doesNotContain("\n\n");
        return answer.text().lines().toList();
    }

    @Test
    void splits_have_their_ratio() {
        assertThat(csv("/api/v1/series/finnhub/splits:AAPL"))
                .containsExactly("time,value,ratio,freshness,source,unit,unit_multiplier");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/trades/binance/BTCUSDT?limit=5 | trades | id,time,price,size,side,currency",
                "/api/v1/series/fred/CPIAUCSL?limit=6 | observations | time,value",
                "/api/v1/series/binancefutures/funding_rate:BTCUSDT?limit=6 | observations | time,value",
                "/api/v1/news/newsapi?q=bitcoin&limit=4 | items | published,title,url,summary",
            })
    void has_a_row_for_each_record(String target, String records, String columns) {
        JsonNode data = gateway.get(target).json().get("data");
        boolean isSeries = records.equals("observations");
        List<String> expected =
                new ArrayList<>(List.of(columns + ",freshness,source" + (isSeries ? ",unit,unit_multiplier" : "")));
        for (JsonNode row : data.get(records)) {
            var cells = new ArrayList<String>();
            for (String column : columns.split(",", -1)) {
                JsonNode value = column.equals("currency") ? data.get("price_unit") : row.path(column);
                String cell = value.isNull() ? "" : value.asString();
                cells.add(cell.matches(".*[,;\"].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
            }
            expected.add(String.join(",", cells) + ",fresh,mock"
                    + (isSeries ? "," + data.path("unit").asString("") + "," : ""));
        }
        assertThat(csv(target)).hasSizeGreaterThan(2).isEqualTo(expected);
    }

    @Test
    void a_book_has_its_bids_first_each_side_from_the_best_on() {
        String target = "/api/v1/book/binance/BTCUSDT?depth=3";
        JsonNode book = gateway.get(target).json().get("data");
        List<String> expected = new ArrayList<>(List.of("side,price,size,currency,freshness,source"));
        for (String side : List.of("bid", "ask")) {
            for (JsonNode level : book.get(side + "s")) {
                expected.add(side + "," + level.get(0).asString() + ","
                        + level.get(1).asString() + "," + book.get("price_unit").asString() + ",fresh,mock");
            }
        }
        assertThat(csv(target)).hasSize(7).isEqualTo(expected);
    }

    @Test
    void accept_chooses_it_too_and_other_formats_are_refused() {
        assertThat(gateway.get("/api/v1/trades/binance/BTCUSDT", "Accept", "text/csv")
                        .header("Content-Type"))
                .startsWith("text/csv");
        assertThat(gateway.get("/api/v1/trades/binance/BTCUSDT", "Accept", "application/json, */*;q=0.1")
                        .header("Content-Type"))
                .startsWith("application/json");
        assertThat(gateway.get("/api/v1/series/fred/CPIAUCSL?format=xml").status())
                .isEqualTo(422);
    }
}
