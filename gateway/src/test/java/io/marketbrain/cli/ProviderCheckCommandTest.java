package io.marketbrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saved responses read by built-in providers, those with an adapter of their own and those with a mapping. */
class ProviderCheckCommandTest {
    private static final String KRAKEN_TICKER = """
            {"error":[],"result":{"XXBTZEUR":{"a":["55000.10000","1","1.000"],"b":["54999.90000","2","2.000"],
            "c":["55000.00000","0.1"],"v":["10.5","20.5"],"p":["54000.0","54100.0"],"t":[10,20],
            "l":["53000.0","52000.0"],"h":["56000.0","57000.0"],"o":"54500.0"}}}""";

    @TempDir
    Path folder;

    @Test
    void a_quote_is_read_by_an_adapter_in_code() throws IOException {
        save("ticker.json", KRAKEN_TICKER);
        BrainRun run = brain("providers check kraken --operation quote --symbol BTC/EUR --sample ticker.json");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains(
                        "kraken (Kraken) offers",
                        "request: GET https://api.kraken.com/0/public/Ticker?pair=",
                        "price: 55000.00000",
                        "bid: 54999.90000",
                        "ask: 55000.10000");
    }

    @Test
    void a_book_and_a_list_of_symbols_are_read_by_a_mapping() throws IOException {
        save("book.json", "{\"bids\":[{\"price\":\"1.5\",\"amount\":\"2\"}],\"asks\":[]}");
        assertThat(brain("providers check gemini --operation book --sample book.json")
                        .lines())
                .contains("bids: 1", "first: 1.5 2", "asks: 0");
        save("symbols.json", "[\"btcusd\",\"ethbtc\"]");
        assertThat(brain("providers check gemini --operation symbols --sample symbols.json")
                        .lines())
                .contains("symbols: 2", "first: btcusd is BTC/USD");
    }

    @Test
    void candles_are_of_the_interval_that_fits_or_was_named() throws IOException {
        save("candles.json", """
                {"ch":"market.btcusdt.kline.60min","status":"ok","ts":1629788763750,"data":[
                {"id":1629769200,"open":49056.37,"close":49025.51,"low":49022.86,"high":49056.38,"amount":3.9,"vol":192971.1,"count":109}]}""");
        String command = "providers check htx --operation candles --symbol BTC/USDT --sample candles.json";
        assertThat(brain(command).lines()).contains("candles: 1");
        assertThat(brain(command + " --interval 1h").lines()).contains("candles: 1");
        assertThat(brain(command + " --interval 5m").out()).contains("failed: htx sent data of another instrument");
        assertThat(brain(command + " --interval 7m").err()).contains("there is no interval '7m'; there are: 1s, 5s");
    }

    @Test
    void a_range_is_part_of_the_query_where_the_provider_needs_one() throws IOException {
        save("candles.json", """
                {"jsonrpc":"2.0","result":{"volume":[1],"ticks":[1573228800000],"status":"ok","open":[8792],"low":[8791],
                "high":[8793],"cost":[40],"close":[8791.5]}}""");
        BrainRun run = brain("providers check deribit --operation candles --sample candles.json");
        assertThat(run.lines()).contains("candles: 1");
        assertThat(run.out()).contains("start_timestamp=0");
    }

    @Test
    void an_error_of_the_provider_is_shown_as_the_failure_that_it_is() throws IOException {
        save("error.json", "{\"error\":[\"EQuery:Unknown asset pair\"]}");
        BrainRun run = brain("providers check kraken --operation quote --symbol BTC/EUR --sample error.json");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("failed: kraken has no instrument");
        save("empty.json", "");
        assertThat(brain("providers check kraken --operation trades --status 503 --sample empty.json")
                        .out())
                .contains("failed: kraken");
    }

    @Test
    void what_is_written_wrongly_is_explained() throws IOException {
        save("ticker.json", KRAKEN_TICKER);
        assertThat(brain("providers check krakn").err()).contains("there is no provider 'krakn'; there are:");
        assertThat(brain("providers check kraken --operation ticker --sample ticker.json")
                        .err())
                .contains("there is no operation 'ticker'; there are: quote, candles");
        assertThat(brain("providers check kraken --operation quote --symbol !! --sample ticker.json")
                        .err())
                .contains("'!!' is no symbol for quote; use --symbol");
        assertThat(brain("providers check kraken --sample missing.json").err())
                .contains("missing.json cannot be used: it does not exist");
        assertThat(brain("providers check acme.json --sample ticker.json").err())
                .contains("acme.json cannot be used: it does not exist");
        assertThat(brain("providers check kraken --operation series --sample ticker.json")
                        .err())
                .contains("kraken has no series");
        assertThat(brain("providers check --help").out())
                .contains("--symbol=SYMBOL", "--status=CODE", "--interval=INTERVAL")
                .doesNotContain("<arg");
    }

    @Test
    void a_folder_is_a_table_with_counts() throws IOException {
        save("ticker.json", KRAKEN_TICKER);
        save("ticker.meta.json", "{\"kind\":\"quote\",\"url\":\"https://api.kraken.com/0/public/Ticker?pair=XBTEUR\"}");
        save("unknown.json", "{\"error\":[\"EQuery:Unknown asset pair\"]}");
        save("unknown.meta.json", "{\"kind\":\"error\",\"status\":200}");
        save("time.json", "{\"error\":[],\"result\":{\"unixtime\":1616336594}}");
        save("time.meta.json", "{\"kind\":\"time\",\"status\":200}");
        save("book.json", "{\"error\":[],\"result\":{\"XXBTZEUR\":{\"bids\":[],\"asks\":[]}}}");
        save("book.meta.json", "{\"kind\":\"orderbook\",\"symbol\":\"BTC/EUR\",\"status\":200}");
        save("no-body.meta.json", "{\"kind\":\"quote\"}");

        BrainRun run = brain("providers check kraken --sample .");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .containsPattern("ticker +quote +BTC/EUR +price 55000\\.00000")
                .containsPattern("book +book +BTC/EUR +0 bids, 0 asks")
                .containsPattern("unknown +quote .* failed: kraken has no instrument")
                .endsWith("4 responses: 1 data, 1 data without records, 1 errors that fail, as they should,"
                        + " 1 of nothing that the provider offers\n");

        save("changed.json", "{\"error\":[],\"result\":{\"XXBTZEUR\":{}}}");
        save("changed.meta.json", "{\"kind\":\"quote\",\"symbol\":\"BTC/EUR\",\"status\":200}");
        BrainRun unread = brain("providers check kraken --sample .");
        assertThat(unread.code()).isEqualTo(1);
        assertThat(unread.out()).contains("1 not read");
    }

    @Test
    void what_a_response_is_of_is_not_named_for_a_folder() {
        for (String option : List.of("--operation quote", "--symbol BTC/EUR", "--interval 1d", "--status 200")) {
            BrainRun run = brain("providers check kraken --sample . " + option);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("are for one response; . is a folder");
        }
    }

    private void save(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private BrainRun brain(String line) {
        return BrainRun.of(folder, line.split(" "));
    }
}
