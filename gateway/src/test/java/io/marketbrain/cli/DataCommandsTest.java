package io.marketbrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.provider.PlaybackServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code brain quote}, {@code book}, {@code trades}, {@code series} and {@code news}, in every format. */
class DataCommandsTest {
    @TempDir
    Path folder;

    private BrainRun brain(String line) {
        return BrainRun.of(folder, line.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "quote binance BTCUSDT ETHUSDT|symbol,instrument,price,currency,bid,|2|INSTRUMENT",
                "book binance BTCUSDT ETHUSDT --depth 3|symbol,instrument,side,level,price,size,|12|INSTRUMENT",
                "trades binance BTCUSDT ETHUSDT --limit 4|symbol,instrument,id,time,price,size,side,source,currency|8|INSTRUMENT",
                "series mock GDP UNRATE --limit 3|id,time,value,ratio,unit,unit_multiplier,source|6|ID",
                "news mock --limit 3|id,published,title,summary,url,source|3|PUBLISHED",
            })
    void rows_are_available_as_csv_ndjson_json_and_a_table(String line, String head, int rows, String tableHead)
            throws Exception {
        BrainRun csv = brain(line + " --format csv");
        assertThat(csv.err()).isEmpty();
        assertThat(csv.code()).isZero();
        assertThat(csv.lines()).hasSize(rows + 1);
        assertThat(csv.lines().getFirst()).startsWith(head);
        List<String> ndjson = brain(line + " --format ndjson").lines();
        assertThat(ndjson).hasSize(rows);
        for (String row : ndjson) {
            JsonValue json = JsonValue.parse(row.getBytes(StandardCharsets.UTF_8));
            assertThat(String.join(",", json.members().keySet()))
                    .isEqualTo(csv.lines().getFirst());
        }
        for (String answer : brain(line).lines()) {
            assertThat(JsonValue.parse(answer.getBytes(StandardCharsets.UTF_8))
                            .at("success")
                            .bool())
                    .isTrue();
        }
        BrainRun table = BrainRun.inTerminal(folder, line.split(" "));
        assertThat(table.code()).isZero();
        assertThat(table.lines().getFirst()).startsWith(tableHead);
        assertThat(table.lines()).hasSizeBetween(rows + 1, rows + 2);
    }

    @Test
    void search_and_convert_print_a_table_or_json() throws Exception {
        BrainRun found = BrainRun.inTerminal(folder, "search", "bitcoin", "--provider", "kraken");
        assertThat(found.err()).isEmpty();
        assertThat(found.lines().getFirst()).startsWith("INSTRUMENT");
        assertThat(found.lines().get(1)).startsWith("BTC/USD").contains("Bitcoin", "kraken:");
        BrainRun rows = brain("search bitcoin --provider kraken --format csv");
        assertThat(rows.lines().getFirst())
                .isEqualTo(
                        "instrument,symbol,asset_type,currency,mic,expiry,name,known_from,isin,status,delisted_on,providers");
        assertThat(rows.lines().get(1)).isEqualTo("BTC/USD,BTC,crypto,USD,,,Bitcoin / USD,built_in,,,,kraken:XBTUSD");
        assertThat(brain("search bitcoin --provider kraken --format ndjson")
                        .lines()
                        .getFirst())
                .startsWith("{\"instrument\":\"BTC/USD\",");
        BrainRun converted = BrainRun.inTerminal(folder, "convert", "100", "USD", "JPY", "--provider", "ecb");
        assertThat(converted.err()).isEmpty();
        assertThat(converted.lines().getFirst()).startsWith("100 USD = ").contains(" JPY (rounded to 20 digits)");
        assertThat(converted.lines()).anySatisfy(line -> assertThat(line).contains("EUR/JPY"));
        assertThat(converted.lines()).anySatisfy(line -> assertThat(line).endsWith("AGE"));
        assertThat(BrainRun.inTerminal(folder, "convert", "1", "EUR", "USD", "--at", "yesterday", "--tz", "Asia/Tokyo")
                        .out())
                .contains("+09:00");
        JsonValue json =
                JsonValue.parse(brain("convert 2 BTC USD").lines().getFirst().getBytes(StandardCharsets.UTF_8));
        assertThat(json.at("success").bool()).isTrue();
        assertThat(brain("convert 2 BTC QQQQ --provider ecb").code()).isNotZero();
    }

    @ParameterizedTest
    @CsvSource({
        "quote AAPL --format csv, 'AAPL,AAPL,'",
        "quote BTC/USDT --format csv, 'BTC,BTC/USDT,'",
        "quote auto AAPL --format csv, 'AAPL,AAPL,'",
        "quote MSFT AAPL --format csv, 'MSFT,MSFT,;AAPL,AAPL,'",
        "quote kraken:XBTUSD yahoo:AAPL --format csv, 'BTC,BTC/USD,;AAPL,AAPL,'",
        "quote KRAKEN:XBTUSD --format csv, 'BTC,BTC/USD,'",
        "quote GATE AAPL --format csv, 'GATE,GATE,;AAPL,AAPL,'",
        "quote NASDAQ:AAPL --format csv, 'AAPL,AAPL,'",
        "trades AAPL --limit 1 --format csv, 'AAPL,AAPL,'",
        "book BTCUSDT --depth 1 --format csv, 'BTC,BTC/USDT,;BTC,BTC/USDT,'",
    })
    void a_symbol_without_a_provider_is_asked_of_any(String line, String rows) {
        BrainRun run = brain(line);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        String[] begin = rows.split(";", -1);
        assertThat(run.lines()).hasSize(begin.length + 1);
        for (int i = 0; i < begin.length; i++) {
            assertThat(run.lines().get(i + 1)).startsWith(begin[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"VOD.L, GBp", "NPN.JO, ZAc", "TEVA.TA, ILA", "AAPL, USD"})
    void prices_in_a_part_of_a_currency_are_not_shown_as_prices_in_it(String symbol, String unit) {
        assertThat(brain("quote " + symbol + " --format csv").lines().get(1)).contains("," + unit + ",");
        assertThat(brain("quote " + symbol + " --format ndjson").lines().getFirst())
                .contains("\"currency\":\"" + unit + "\"");
        assertThat(BrainRun.inTerminal(folder, "quote", symbol).lines().get(1)).contains(" " + unit + " ");
        assertThat(brain("candles " + symbol + " --interval 1d --limit 1 --format csv")
                        .lines()
                        .get(1))
                .endsWith("," + unit);
        assertThat(BrainRun.inTerminal(folder, "candles", symbol, "--interval", "1d", "--limit", "1")
                        .lines()
                        .get(1))
                .endsWith(" " + unit);
        assertThat(brain("candles " + symbol + " --interval 1d --limit 1 --format ndjson")
                        .out())
                .contains("\"price_unit\":\"" + unit + "\"");
    }

    @Test
    void candles_of_a_symbol_without_a_provider_are_asked_of_any() {
        BrainRun run = brain("candles AAPL --interval 1d --limit 2 --format csv");
        assertThat(run.err()).doesNotContain("no instrument");
        assertThat(run.lines()).hasSize(3);
        assertThat(brain("candles kraken:XBTUSD --limit 2 --format csv").lines())
                .hasSize(3);
    }

    @Test
    void a_mistyped_provider_is_not_taken_for_a_symbol() {
        BrainRun run = brain("quote binanse BTCUSDT");
        assertThat(run.code()).isNotZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("unknown provider 'binanse'");
    }

    @ParameterizedTest
    @CsvSource({
        "funding_rate:BTC_USDT.P, 'funding_rate:BTC/USDT:USDT: history_limited, mexc sends only the latest 100 values, and may have older ones'",
        "dividends:AAPL, 'dividends:AAPL: adjustment splits'"
    })
    void what_is_missing_of_a_series_and_its_adjustment_are_not_hidden(String id, String remark) {
        String rates = IntStream.range(0, 100)
                .mapToObj(i -> "{\"symbol\": \"BTC_USDT\", \"fundingRate\": 0.0001, \"settleTime\": "
                        + (1767225600000L - i * 28_800_000L) + "}")
                .collect(Collectors.joining(
                        ",", "{\"success\": true, \"code\": 0, \"data\": {\"resultList\": [", "]}}"));
        String dividends = """
                {"chart": {"result": [{"meta": {"symbol": "AAPL", "currency": "USD"}, "events": {"dividends":
                  {"1596807000": {"amount": 0.205, "date": 1596807000}}}}], "error": null}}\
                """;
        try (PlaybackServer upstream = PlaybackServer.start()
                .on("/api/v1/contract/funding_rate/history", PlaybackServer.json(rates))
                .on("/v8/finance/chart/AAPL", PlaybackServer.json(dividends))) {
            String url = upstream.url().toString();
            Map<String, String> live =
                    Map.of("LIVE_PROVIDERS", "mexc,yahoo", "MEXC_BASE_URL", url, "YAHOO_BASE_URL", url);
            String[] command = {"series", id.startsWith("d") ? "yahoo" : "mexc", id};
            BrainRun table = BrainRun.with(folder, true, live, command);
            assertThat(table.lines()).endsWith(remark);
            assertThat(table.err()).isEmpty();
            for (String format : List.of("csv", "ndjson")) {
                BrainRun rows = BrainRun.with(folder, false, live, command[0], command[1], id, "--format", format);
                assertThat(rows.out()).doesNotContain(remark);
                assertThat(rows.err()).isEqualTo("brain: " + remark + System.lineSeparator());
            }
            assertThat(BrainRun.with(folder, false, live, command).err()).isEmpty();
        }
    }

    @Test
    void one_symbol_that_fails_does_not_hide_the_others() {
        BrainRun run = brain("trades binance BTCUSDT nonsense! ETHUSDT --limit 1 --format csv");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.lines()).hasSize(3);
        assertThat(run.err()).contains("nonsense!");
    }

    @Test
    void times_are_shown_in_the_zone_that_was_asked_for() {
        assertThat(brain("quote binance BTCUSDT --format csv --tz Asia/Tokyo").out())
                .contains("+09:00,");
        assertThat(BrainRun.inTerminal(folder, "trades binance BTCUSDT --limit 1 --tz Asia/Tokyo".split(" "))
                        .out())
                .contains("+09:00");
        assertThat(brain("series mock GDP --from 2020 --to 2021 --tz Europe/Berln")
                        .code())
                .isEqualTo(2);
        assertThat(brain("series mock GDP --from 2020 --to 2021 --format csv").lines())
                .hasSizeGreaterThan(1)
                .last()
                .asString()
                .startsWith("GDP,2020-");
    }
}
