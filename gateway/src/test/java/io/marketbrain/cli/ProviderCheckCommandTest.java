package io.marketbrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void what_was_read_is_shown_with_what_looks_wrong() throws IOException {
        save(
                "book.json",
                "{\"bids\":[{\"price\":\"1.5\",\"amount\":\"2\"}],\"asks\":[{\"price\":\"1.4\",\"amount\":\"3\"}]}");
        assertThat(brain("providers check gemini --operation book --sample book.json")
                        .lines())
                .contains("warning: the best bid is not below the best ask");
        assertThat(brain("providers check gemini --sample book.json").out())
                .contains("(read as quote; --operation names another operation)");
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
    void a_series_of_an_instrument_is_found_by_its_symbol() throws IOException {
        save("splits.json", """
                {"results":[{"execution_date":"2020-08-31","split_from":1,"split_to":4,"ticker":"AAPL"}],"status":"OK"}""");
        for (String symbol : List.of("AAPL", "splits:AAPL")) {
            BrainRun run =
                    brain("providers check polygon --operation series --symbol " + symbol + " --sample splits.json");
            assertThat(run.out()).contains("/stocks/v1/splits?ticker=AAPL", "2020-08-31T00:00:00Z 4 4:1");
        }
    }

    @Test
    void what_a_series_is_is_shown_with_its_values() throws IOException {
        save("gdp.csv", """
                KEY,FREQ,REF_AREA,ADJUSTMENT,TIME_PERIOD,OBS_VALUE,TITLE_COMPL,UNIT,UNIT_MULT
                MNA.Q.I9.Y,Q,I9,Y,2024-Q1,3718923.5,GDP - Euro area,EUR,6
                """);
        assertThat(brain("providers check ecb --operation series --symbol MNA/Q.I9.Y --sample gdp.csv")
                        .lines())
                .contains("title: GDP - Euro area", "unit: EUR", "unit_multiplier: 1000000", "frequency: Quarterly");
    }

    @Test
    void the_call_of_a_series_is_about_one_of_the_providers_instruments() {
        assertThat(brain("providers test okx --operation series").out()).contains("series funding_rate:BTC/USDT:USDT");
        assertThat(brain("providers test polygon --operation series --symbol MSFT")
                        .out())
                .contains("series dividends:MSFT");
        assertThat(brain("providers test fred --operation series").out())
                .contains("FRED: 2 calls\n  series GDP, and what the series is");
    }

    @Test
    void the_limits_are_those_of_the_users_plan() {
        BrainRun run =
                BrainRun.with(folder, false, Map.of("EODHD_RATES", "500/1m,100000/1d"), "providers", "test", "eodhd");
        assertThat(run.out()).contains("limits: 500 calls in 60 s, 100000 weight in 86400 s\n");
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
    void an_address_may_name_an_instrument_in_another_way_than_the_gateway() throws IOException {
        save("ticker.json", KRAKEN_TICKER);
        save("ticker.meta.json", "{\"kind\":\"quote\",\"url\":\"https://api.kraken.com/0/public/Ticker?pair=BTCEUR\"}");

        assertThat(brain("providers check kraken --sample .").out())
                .containsPattern("ticker +quote +BTC/EUR +price 55000\\.00000");
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
                        + " 1 of nothing that the provider offers\nread: 1 of 1 that should be data, 100 %\n");

        save("changed.json", "{\"error\":[],\"result\":{\"XXBTZEUR\":{}}}");
        save("changed.meta.json", "{\"kind\":\"quote\",\"symbol\":\"BTC/EUR\",\"status\":200}");
        BrainRun unread = brain("providers check kraken --sample .");
        assertThat(unread.code()).isEqualTo(1);
        assertThat(unread.out()).contains("1 not read").endsWith("read: 1 of 2 that should be data, 50 %\n");
    }

    @Test
    void a_series_of_an_instrument_is_found_by_its_kind_or_at_an_older_address() throws IOException {
        save("interest.json", """
                {"code":"00000","data":{"symbol":"BTCUSDT_UMCBL","amount":"13005.123","timestamp":"1653900000000"}}""");
        save("interest.meta.json", "{\"kind\":\"open_interest\",\"url\":null}");
        save("predicted.json", """
                {"code":"00000","data":[{"symbol":"BTCUSDT","fundingRate":"0.0001"}]}""");
        save("predicted.meta.json", "{\"kind\":\"dividends\"}");
        assertThat(brain("providers check bitget --sample " + folder).out())
                .contains("open_interest:BTCUSDT", "1 observations", "1 of nothing that the provider offers");
        for (String name : List.of("interest", "predicted")) {
            Files.delete(folder.resolve(name + ".meta.json"));
        }
        save("splits.json", """
                {"results":[{"execution_date":"2020-08-31","split_from":1,"split_to":4,"ticker":"AAPL"}],"status":"OK"}""");
        save("splits.meta.json", """
                {"kind":"reference","url":"https://api.polygon.io/v3/reference/splits?ticker=AAPL"}""");
        assertThat(brain("providers check polygon --sample " + folder).out()).contains("splits:AAPL", "1 observations");
    }

    @Test
    void trades_of_another_instrument_than_the_address_names_are_still_trades() throws IOException {
        save("trades.json", """
                {"trades":[{"trade_id":"22350501","product_id":"BTC-USD","price":"140.91","size":"4","time":"2021-05-31T09:59:59Z","side":"BUY"}],
                 "best_bid":"291.13","best_ask":"292.40"}""");
        save("trades.meta.json", """
                {"kind":"trades","symbol":"ETH-USDT","url":"https://api.coinbase.com/api/v3/brokerage/market/products/ETH-USDT/ticker"}""");
        BrainRun run = brain("providers check coinbaseadvanced --sample .");
        assertThat(run.out()).containsPattern("trades +trades +BTC/USD +1 trades");
    }

    @Test
    void a_pair_in_two_parameters_of_the_address_is_found() throws IOException {
        save("rate.json", """
                {"Realtime Currency Exchange Rate":{"1. From_Currency Code":"CHF","2. From_Currency Name":"Swiss Franc",
                "3. To_Currency Code":"SEK","4. To_Currency Name":"Swedish Krona","5. Exchange Rate":"11.80000000",
                "6. Last Refreshed":"2026-01-05 20:50:48","7. Time Zone":"UTC","8. Bid Price":"11.79","9. Ask Price":"11.81"}}""");
        save("rate.meta.json", """
                {"kind":"fx","symbol":"CHF","url":"https://www.alphavantage.co/query?function=CURRENCY_EXCHANGE_RATE&apikey=REDACTED&to_currency=SEK&from_currency=CHF"}""");
        assertThat(brain("providers check alphavantage --sample .").out())
                .containsPattern("rate +quote +CHF/SEK +price 11\\.80000000");
    }

    @Test
    void a_pair_under_two_keys_of_the_body_is_found() throws IOException {
        save("rate.json", """
                {"Realtime Currency Exchange Rate":{"1. From_Currency Code":"USD","2. From_Currency Name":"United States Dollar",
                "3. To_Currency Code":"JPY","4. To_Currency Name":"Japanese Yen","5. Exchange Rate":"106.89000000",
                "6. Last Refreshed":"2020-05-03 20:50:48","7. Time Zone":"UTC","8. Bid Price":"106.88","9. Ask Price":"106.90"}}""");
        save("rate.meta.json", "{\"kind\":\"fx\"}");
        assertThat(brain("providers check alphavantage --sample .").out())
                .containsPattern("rate +quote +USD/JPY +price 106\\.89000000");
    }

    @Test
    void the_id_of_a_coin_and_the_parts_of_the_id_of_a_series_are_found_in_the_address() throws IOException {
        save("ohlc.json", "[[1594382400000,1.1,2.2,0.5,3.965]]");
        save("ohlc.meta.json", """
                {"kind":"ohlcv","symbol":"false","url":"https://api.coingecko.com/api/v3/coins/cardano/ohlc?vs_currency=eur&days=30"}""");
        assertThat(brain("providers check coingecko --sample .").out())
                .containsPattern("ohlc +candles +ADA/EUR 4h +1 candles");
        Files.delete(folder.resolve("ohlc.meta.json"));
        save("gdp.json", """
                [{"page":1,"pages":1,"per_page":50,"total":1,"sourceid":"2","lastupdated":"2026-01-28"},[
                {"indicator":{"id":"SP.POP.TOTL","value":"Population, total"},"country":{"id":"FR","value":"France"},
                "countryiso3code":"FRA","date":"2023","value":68287487,"unit":"","obs_status":"","decimal":0}]]""");
        save("gdp.meta.json", """
                {"kind":"macro","url":"https://api.worldbank.org/v2/country/FR/indicator/SP.POP.TOTL?format=json"}""");
        assertThat(brain("providers check worldbank --sample .").out())
                .containsPattern("gdp +series +FR/SP\\.POP\\.TOTL +1 observations");
    }

    @Test
    void a_response_is_not_read_as_one_of_another_instrument_than_its_address_names() throws IOException {
        save("option.json", """
                {"history":{"day":[{"date":"2026-01-02","open":3.1,"high":3.5,"low":3.0,"close":3.2,"volume":120}]}}""");
        save("option.meta.json", """
                {"kind":"ohlcv","url":"https://api.tradier.com/v1/markets/history?symbol=AAPL270115C00180000&interval=daily"}""");
        BrainRun run = brain("providers check tradier --sample .");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("the address names nothing that the provider knows")
                .endsWith("read: 0 of 1 that should be data, 0 %\n");
    }

    @Test
    void a_response_of_several_instruments_is_read_as_one_that_its_body_names() throws IOException {
        save("all.json", """
                [["tXMRUSD",150.1,10,150.3,12,1.5,0.01,150.2,900,155,149],["tZECUSD",41,5,42,6,0.5,0.01,41.5,800,43,40]]""");
        save("all.meta.json", """
                {"kind":"quote","symbol":"ALL","url":"https://api-pub.bitfinex.com/v2/tickers?symbols=ALL"}""");
        assertThat(brain("providers check bitfinex --sample .").out())
                .containsPattern("all +quote +XMR/USD +price 150\\.2");
    }

    @Test
    void what_both_the_description_and_the_body_name_is_found_where_the_address_names_others() throws IOException {
        save("silver.json", "{\"nominal\":\"XAGUSD\",\"timestamp\":\"2026-08-27 01:53:27\",\"price\":\"69.5306\"}");
        save("silver.meta.json", """
                {"kind":"quote","symbol":"XAG/USD","url":"https://www.alphavantage.co/query?function=GOLD_SILVER_SPOT&symbol=SILVER"}""");
        assertThat(brain("providers check alphavantage --sample .").out())
                .containsPattern("silver +quote +XAG/USD +price 69\\.5306");
    }

    @Test
    void a_key_that_is_in_the_body_of_several_series_is_found() throws IOException {
        save("cpi.json", """
                {"data":{"dataSets":[{"structure":0,"series":{"1:0:0":{"observations":{"0":["1.5"],"1":["1.6"]}}}}],
                "structures":[{"dimensions":{"series":[
                {"id":"COUNTRY","keyPosition":0,"values":[{"id":"AGO"},{"id":"BDI"}]},
                {"id":"INDICATOR","keyPosition":1,"values":[{"id":"TTT_IX"}]},
                {"id":"FREQUENCY","keyPosition":2,"values":[{"id":"A"}]}],
                "observation":[{"id":"TIME_PERIOD","keyPosition":3,"values":[{"value":"2024"},{"value":"2025"}]}]}}]}}""");
        save("cpi.meta.json", """
                {"kind":"macro","url":"https://api.imf.org/external/sdmx/3.0/data/dataflow/IMF.AFR/AFRREO/+/*.TTT_IX+GGX.*?measures=all"}""");
        assertThat(brain("providers check imf --sample .").out())
                .containsPattern("cpi +series +IMF\\.AFR/AFRREO/BDI\\.TTT_IX\\.A +2 observations");
    }

    @Test
    void a_response_of_an_address_that_is_not_asked_is_counted_by_itself() throws IOException {
        save("releases.json", "{\"releases\":[{\"id\":9,\"name\":\"Advance Monthly Sales\"}]}");
        save("releases.meta.json", """
                {"kind":"macro","url":"https://api.stlouisfed.org/fred/releases?file_type=json"}""");
        save("series.json", "{\"seriess\":[{\"id\":\"GDP\"}]}");
        save("series.meta.json", """
                {"kind":"macro","url":"https://api.stlouisfed.org/fred/series/observations?series_id=GDP"}""");
        BrainRun run = brain("providers check fred --sample .");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .containsPattern("releases +macro .* not asked: /fred/releases")
                .containsPattern("series +series +GDP +failed: fred sent an undocumented response")
                .contains("2 responses: 1 not read, 1 of addresses that the gateway does not ask\n");
        Files.delete(folder.resolve("series.meta.json"));
        assertThat(brain("providers check fred --sample .").code()).isZero();
    }

    @Test
    void an_address_of_several_currencies_is_one_that_is_asked() throws IOException {
        save("rates.csv", "FREQ,CURRENCY,TIME_PERIOD,OBS\nD,AUD,2025-01-02,1.66\n");
        save("rates.meta.json", """
                {"kind":"fx","url":"https://data-api.ecb.europa.eu/service/data/EXR/D..EUR.SP00.A?format=csvdata"}""");
        assertThat(brain("providers check ecb --sample .").out()).contains("1 responses: 1 not read\n");
    }

    @Test
    void what_the_description_names_is_tried_where_the_address_has_other_words_that_may_be_symbols()
            throws IOException {
        save("rates.json", """
                {"timestamp":1449877801,"base":"USD","rates":{"AMD":484.902502,"ANG":1.788575}}""");
        save("rates.meta.json", """
                {"kind":"fx","symbol":"USDANG","url":"https://openexchangerates.org/api/latest.json?symbols=AMD,ANG"}""");
        assertThat(brain("providers check openexchangerates --sample .").out())
                .containsPattern("rates +quote +USD/ANG +price 1\\.788575");
    }

    @Test
    void a_currency_of_the_body_and_one_of_the_address_are_a_pair() throws IOException {
        save("rates.json", """
                {"timestamp":1449877801,"base":"USD","rates":{"AMD":484.902502,"ANG":1.788575}}""");
        save("rates.meta.json", """
                {"kind":"fx","url":"https://openexchangerates.org/api/latest.json?symbols=AMD,ANG"}""");
        assertThat(brain("providers check openexchangerates --sample .").out())
                .containsPattern("rates +quote +USD/AMD +price 484\\.902502");
    }

    @Test
    void a_format_is_no_part_of_the_id_of_a_series() throws IOException {
        save("trust.csv", """
                STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,MEASURE,TIME_PERIOD,OBS_VALUE
                DATAFLOW,OECD.GOV.GIP:DSD_GOV_INT@DF_GOV_TDG_2025(1.1),I,A,KOR,TRUST_NG,2021,48.8
                """);
        save("trust.meta.json", """
                {"kind":"macro","url":"https://sdmx.oecd.org/public/rest/data/OECD.GOV.GIP,DSD_GOV_INT@DF_GOV_TDG_2025,1.1/A.KOR.TRUST_NG?format=csvfilewithlabels"}""");
        assertThat(brain("providers check oecd --sample .").out())
                .containsPattern(
                        "trust +series +OECD\\.GOV\\.GIP,DSD_GOV_INT@DF_GOV_TDG_2025,1\\.1/A\\.KOR\\.TRUST_NG +1 observations");
    }

    @Test
    void a_data_set_is_the_one_that_the_message_names() throws IOException {
        save("gdp.json", """
                {"header":{"id":"21d3962b","links":[{"href":"https://stats.oecd.org/sdmx-json/data/QNA/AUS+AUT.GDP.Q/all","rel":"request"}]},
                "dataSets":[{"series":{"0:0:0":{"observations":{"0":[1321158.2]}}}}],
                "structure":{"dimensions":{"series":[
                {"id":"LOCATION","values":[{"id":"AUS"}]},{"id":"SUBJECT","values":[{"id":"GDP"}]},{"id":"FREQUENCY","values":[{"id":"Q"}]}],
                "observation":[{"id":"TIME_PERIOD","values":[{"id":"2009-Q1"}]}]}}}""");
        save("gdp.meta.json", "{\"kind\":\"macro\"}");
        assertThat(brain("providers check oecd --sample .").out())
                .containsPattern("gdp +series +QNA/AUS\\.GDP\\.Q +1 observations");
    }

    @Test
    void an_open_code_of_a_key_is_one_of_the_body() throws IOException {
        save("rates.csv", "FREQ,CURRENCY,TIME_PERIOD,OBS_VALUE\nD,AUD,2025-01-02,1.6618\nD,AUD,2025-01-03,1.6556\n");
        save("rates.meta.json", """
                {"kind":"fx","url":"https://data-api.ecb.europa.eu/service/data/EXR/D..EUR.SP00.A?format=csvdata"}""");
        assertThat(brain("providers check ecb --sample .").out())
                .containsPattern("rates +series +EXR/D\\.AUD\\.EUR\\.SP00\\.A +2 observations");
    }

    @Test
    void two_words_of_an_address_are_no_pair_if_nothing_is_priced_in_the_second() throws IOException {
        save("book.json", """
                {"code":"200000","data":{"time":1550653727731,"sequence":"3262786978","bids":[["6500.12","0.45"]],"asks":[["6500.16","0.57"]]}}""");
        save("book.meta.json", """
                {"kind":"orderbook","url":"https://api.kucoin.com/api/v1/market/orderbook/level2_20"}""");
        assertThat(brain("providers check kucoin --sample .").out())
                .containsPattern("book +book +BTC/USDT +1 bids, 1 asks");
    }

    @Test
    void a_symbol_with_the_name_of_its_market_behind_it_is_found() throws IOException {
        save("book.json", """
                {"code":"00000","data":{"asks":[["34567.15","0.0131"]],"bids":[["34567","0.25"]],"timestamp":"1621430000000"}}""");
        save("book.meta.json", """
                {"kind":"orderbook","url":"https://api.bitget.com/api/v2/spot/market/orderbook?symbol=BTCUSDT_SPBL"}""");
        assertThat(brain("providers check bitget --sample .").out())
                .containsPattern("book +book +BTC/USDT +1 bids, 1 asks");
    }

    @Test
    void a_response_of_another_operation_than_its_description_says_is_found() throws IOException {
        save("spot.json", "{\"data\":{\"base\":\"BTC\",\"currency\":\"USD\",\"amount\":\"57854.29\"}}");
        save("spot.meta.json", """
                {"kind":"ohlcv","symbol":"BTC","url":"https://api.coinbase.com/v2/prices/BTC-USD/spot?symbol=BTC&convert=USD"}""");
        assertThat(brain("providers check coinbaseadvanced --sample .").out())
                .containsPattern("spot +quote +BTC/USD +price 57854\\.29");
    }

    @Test
    void prices_of_marks_and_indices_are_not_taken_for_those_of_trades() throws IOException {
        save(
                "marks.json",
                "[[1591258320000,\"9640.7\",\"9642.4\",\"9640.6\",\"9642.0\",\"0\",1591258379999,\"0\",60,\"0\",\"0\",\"0\"]]");
        save("marks.meta.json", """
                {"kind":"ohlcv","symbol":"BTCUSD_PERP","url":"https://dapi.binance.com/dapi/v1/markPriceKlines?interval=1m&symbol=BTCUSD_PERP"}""");
        assertThat(brain("providers check binancefutures --sample .").out())
                .contains("not asked: /dapi/v1/markPriceKlines");
    }

    @Test
    void news_are_about_what_was_asked_for() throws IOException {
        save(
                "news.json",
                "[{\"title\":\"T\",\"url\":\"https://a.example/1\",\"publishedDate\":\"2017-10-01T00:00:00Z\",\"id\":1,\"tickers\":[\"goog\"]}]");
        save("news.meta.json", """
                {"kind":"news","symbol":"aapl","url":"https://api.tiingo.com/tiingo/news?tickers=aapl&source=cnbc.com&tags=Technology"}""");
        assertThat(brain("providers check tiingo --sample .").out()).containsPattern("news +news +aapl +1 ");
    }

    @Test
    void candles_have_the_interval_that_they_are_apart_where_the_address_names_none() throws IOException {
        save("candles.json", """
                {"error":[],"result":{"XXBTZUSD":[[1688671200,"30306.1","30306.2","30305.7","30305.7","30306.1","3.3",23],
                [1688674800,"30304.5","30304.5","30300.0","30300.0","30300.0","4.4",18]],"last":1688671200}}""");
        save("candles.meta.json", "{\"kind\":\"ohlcv\",\"url\":\"https://api.kraken.com/0/public/OHLC\"}");
        assertThat(brain("providers check kraken --sample .").out())
                .containsPattern("candles +candles +BTC/USD 1h +2 ");
    }

    @Test
    void minutes_and_months_differ_in_case_and_some_intervals_are_words() throws IOException {
        save(
                "months.json",
                "[[1590969600000,\"9640.7\",\"9642.4\",\"9640.6\",\"9642.0\",\"5\",1593561599999,\"5\",60,\"1\",\"1\",\"0\"]]");
        save("months.meta.json", """
                {"kind":"ohlcv","symbol":"BTCUSDT","url":"https://fapi.binance.com/fapi/v1/klines?interval=1M&symbol=BTCUSDT"}""");
        assertThat(brain("providers check binancefutures --sample .").out())
                .containsPattern("months +candles +BTC/USDT:USDT 1M +1 ");
        save("day.csv", "timestamp,open,high,low,close,volume\n2026-05-15,218.2,220.91,217.615,219.3,6154450\n");
        save("day.meta.json", """
                {"kind":"ohlcv","symbol":"IBM","url":"https://www.alphavantage.co/query?function=TIME_SERIES_DAILY_ADJUSTED&symbol=IBM&datatype=csv"}""");
        assertThat(brain("providers check alphavantage --sample .").out()).containsPattern("day +candles +IBM 1d +1 ");
    }

    @Test
    void the_interval_in_the_address_is_tried_first() throws IOException {
        save("candles.json", "[[1609459200,1.5,2.5,1.0,2.0,10.0]]");
        save("candles.meta.json", """
                {"kind":"ohlcv","url":"https://api.exchange.coinbase.com/products/SOL-EUR/candles?granularity=21600"}""");
        assertThat(brain("providers check coinbase --sample .").out())
                .containsPattern("candles +candles +SOL/EUR 6h +1 candles");
    }

    @Test
    void a_series_of_a_swap_is_of_the_swap_that_the_address_names() throws IOException {
        save("rates.json", "[{\"r\":\"0.0001\",\"t\":1700000000}]");
        save("rates.meta.json", """
                {"kind":"series","url":"https://api.gateio.ws/api/v4/futures/usdt/funding_rate?contract=ETH_USDT"}""");
        assertThat(brain("providers check gate --sample .").out())
                .containsPattern("rates +series +funding_rate:ETH_USDT\\.P +1 observations");
    }

    @ParameterizedTest
    @CsvSource({
        "mexc, https://api.mexc.com/api/v1/contract/kline/fair_price/BTC_USDT?interval=Min1",
        "mexc, https://api.mexc.com/api/v1/contract/kline/index_price/BTC_USDT?interval=Min1",
        "deribit, https://www.deribit.com/api/v2/public/get_mark_price_history?instrument_name=BTC-PERPETUAL",
    })
    void candles_of_other_prices_are_not_taken_for_those_of_trades(String provider, String url) throws IOException {
        save("marks.json", """
                {"success":true,"code":0,"data":{"time":[1629788760],"open":[5],"close":[5],"high":[5],"low":[5],"vol":[1],"amount":[1]}}""");
        save("marks.meta.json", "{\"kind\":\"ohlcv\",\"url\":\"" + url + "\"}");
        assertThat(brain("providers check " + provider + " --sample .").out()).contains("not asked: ");
    }

    @Test
    void candles_that_are_not_described_as_such_have_the_interval_that_they_are_apart() throws IOException {
        save("candles.json", """
                [[1609459200000,"1.5","2.5","1.0","2.0","10",1609545599999,"20",3,"1","2","0"],
                [1609545600000,"1.5","2.5","1.0","2.0","10",1609631999999,"20",3,"1","2","0"],
                [1609632000000,"1.5","2.5","1.0","2.0","10",1609718399999,"20",3,"1","2","0"]]""");
        save("candles.meta.json", "{\"kind\":\"quote\",\"symbol\":\"BTCUSDT\"}");
        assertThat(brain("providers check binance --sample .").out())
                .containsPattern("candles +candles +BTC/USDT 1d +3 candles");
    }

    @Test
    void candles_of_an_interval_that_the_provider_does_not_have_are_not_asked() throws IOException {
        save("weeks.json", "[[1609459200,1.5,2.5,1.0,2.0,10.0]]");
        save("weeks.meta.json", """
                {"kind":"ohlcv","url":"https://api.exchange.coinbase.com/products/SOL-EUR/candles?granularity=weekly"}""");
        assertThat(brain("providers check coinbase --sample .").out())
                .containsPattern("weeks +ohlcv +not asked: /products/SOL-EUR/candles, candles of 1w")
                .endsWith("1 responses: 1 of addresses that the gateway does not ask\n");
        Files.delete(folder.resolve("weeks.meta.json"));
        save("apart.json", """
                [[1609459200,1.5,2.5,1.0,2.0,10.0],[1609461000,1.5,2.5,1.0,2.0,10.0],
                [1609462800,1.5,2.5,1.0,2.0,10.0],[1609464600,1.5,2.5,1.0,2.0,10.0]]""");
        save("apart.meta.json", "{\"kind\":\"ohlcv\",\"symbol\":\"SOL-EUR\"}");
        assertThat(brain("providers check coinbase --sample .").out())
                .containsPattern("apart +ohlcv +not asked: candles of 30m");
    }

    @Test
    void the_call_of_a_series_is_about_the_symbol_that_was_named() {
        assertThat(brain("providers test gate --operation series --symbol ETH_USDT.P")
                        .out())
                .contains("series funding_rate:ETH/USDT:USDT");
        BrainRun other = brain("providers test polygon --operation series --symbol X:BTCUSD");
        assertThat(other.out() + other.err()).doesNotContain("series dividends").doesNotContain("AAPL");
    }

    @Test
    void a_book_of_a_swap_is_not_that_of_its_pair() throws IOException {
        save("book.json", """
                {"code":"200000","data":{"asks":[["89389.7","48"]],"bids":[["89389.6","1507"]],"sequence":1732973817559,
                "symbol":"XBTUSDTM","tradeType":"FUTURES","ts":1768969154925000000}}""");
        String command = "providers check kucoin --operation book --sample book.json --symbol ";
        assertThat(brain(command + "BTC/USDT").out()).contains("failed: kucoin");
        assertThat(brain(command + "BTC/USDT:USDT").lines()).contains("first: 89389.6 1507");
        save("book.json", """
                {"code":"200000","data":{"asks":[["89389.7","48"]],"bids":[["89389.6","1507"]],"sequence":14610502970,
                "symbol":"BTC-USDT","tradeType":"SPOT","ts":1768969154925000000}}""");
        assertThat(brain(command + "BTC/USDT").lines()).contains("first: 89389.6 1507");
        assertThat(brain(command + "ETH/USDT").out()).contains("failed: kucoin");
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
