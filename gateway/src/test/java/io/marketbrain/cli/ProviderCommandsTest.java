package io.marketbrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.marketbrain.Main;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ConsoleOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that write, try and switch on a provider, against a provider on this machine. */
class ProviderCommandsTest {
    private static final String TICKER =
            "{\"symbol\": \"BTC-USD\", \"data\": {\"last\": \"87612.10\", \"bid\": 87612, \"ask\": 87613, \"vol\": 12.5, \"ts\": 1767312000000}}";

    @TempDir
    Path folder;

    private HttpServer provider;
    private final List<String> asked = new ArrayList<>();
    private String body = TICKER;
    private final Deque<String> typed = new ArrayDeque<>();
    private Optional<String> secret = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        provider.start();
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    private String address(String path) {
        return "http://127.0.0.1:" + provider.getAddress().getPort() + path;
    }

    private BrainRun brain(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var around = new CommandContext(
                new ConsoleOutput(out),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                Map.of(),
                folder,
                folder,
                InstantSource.system(),
                _ -> secret,
                () -> Optional.ofNullable(typed.poll()));
        int code = Invocation.run(arguments, around, new Main());
        return new BrainRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private BrainRun newAcme(String... more) {
        List<String> line = new ArrayList<>(List.of(
                "providers",
                "new",
                "--id",
                "acme",
                "--url",
                address("/ticker?symbol=BTC-USD&apikey=s3cr3tvalue"),
                "--symbol",
                "BTC-USD",
                "--yes"));
        line.addAll(Arrays.asList(more));
        return brain(line.toArray(String[]::new));
    }

    @Test
    void what_a_provider_allows_is_said_before_a_call() {
        assertThat(brain("providers", "test", "stooq").out())
                .contains("notes: Not an official API.", "terms of use: https://", "Nothing was sent");
        assertThat(asked).isEmpty();
    }

    @Test
    void an_operation_that_does_not_exist_is_answered_with_those_that_do() {
        for (List<String> line : List.of(
                List.of("providers", "test", "stooq", "--operation", "foo"),
                List.of("providers", "check", "acme.json", "--sample", "acme.json", "--operation", "foo"))) {
            newAcme();
            BrainRun run = brain(line.stream()
                    .map(word -> word.equals("acme.json")
                            ? folder.resolve("providers/acme.json").toString()
                            : word)
                    .toArray(String[]::new));
            assertThat(run.err()).contains("there is no operation 'foo'; there are: quote, candles");
            assertThat(run.code()).isEqualTo(2);
        }
    }

    @Test
    void a_descriptor_is_written_from_a_downloaded_sample_and_checked() throws IOException {
        BrainRun run = newAcme();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("wrote acme.json: acme (Acme) offers quote", "price: 87612.10", "2026-01-02T00:00:00Z");
        assertThat(asked).hasSize(1);
        String text = Files.readString(folder.resolve("providers/acme.json"));
        assertThat(text).contains("\"check\": {", "\"name\": \"apikey\"", "ACME_API_KEY", "\"{symbol}\"");
        assertThat(text + run.out()).doesNotContain("s3cr3tvalue");
        assertThat(newAcme().err()).contains("has quote already; --force replaces the whole file");
        assertThat(newAcme("--force").code()).isZero();
    }

    @Test
    void what_is_not_given_is_asked_for_with_proposals() throws IOException {
        Files.writeString(folder.resolve("sample.json"), TICKER);
        typed.addAll(List.of(
                "acme",
                "Acme Exchange",
                address("/ticker/BTC-USD"),
                "",
                "BTC-USD",
                "sample.json",
                "data.bid",
                "",
                "",
                "",
                "",
                "",
                "-"));
        BrainRun run = brain("providers", "new");
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("price '87612.10' [data.last]: ");
        assertThat(run.out()).contains("acme (Acme Exchange)", "price: 87612\n");
        assertThat(asked).isEmpty();
        assertThat(Files.readString(folder.resolve("providers/acme.json"))).doesNotContain("\"volume\"");
    }

    @Test
    void candles_without_names_show_which_prices_are_highest_and_lowest() throws IOException {
        Files.writeString(
                folder.resolve("sample.json"), "[[1767312000, 9, 12, 10, 11, 5.5], [1767315600, 10, 13, 11, 12, 6]]");
        BrainRun run = brain(
                "providers",
                "new",
                "--id",
                "acme",
                "--operation",
                "candles",
                "--interval",
                "1h",
                "--sample",
                "sample.json",
                "--url",
                address("/products/btcusd/candles?granularity=3600&limit=300"),
                "--symbol",
                "btcusd",
                "--yes");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "GET " + address("/products/btcusd/candles?granularity=3600&limit=300"),
                        "first: 2026-01-02T00:00:00Z open 10 high 12 low 9 close 11 volume 5.5");
    }

    private BrainRun newFrom(String sample, String... options) throws IOException {
        Files.writeString(folder.resolve("sample"), sample);
        List<String> line =
                new ArrayList<>(List.of("providers", "new", "--id", "acme", "--sample", "sample", "--yes", "--url"));
        line.addAll(Arrays.asList(options));
        return brain(line.toArray(String[]::new));
    }

    private BrainRun newCandles(String sample, String path, String symbol, String... more) throws IOException {
        List<String> options = new ArrayList<>(
                List.of(address(path), "--operation", "candles", "--interval", "1d", "--symbol", symbol));
        options.addAll(Arrays.asList(more));
        return newFrom(sample, options.toArray(String[]::new));
    }

    @Test
    void a_further_operation_is_added_to_the_descriptor() throws IOException {
        newAcme();
        String candles = "[[1767312000, 10, 12, 9, 11, 5]]";
        BrainRun run = newCandles(candles, "/candles?market=BTC-USD&apikey=s3cr3tvalue", "BTC-USD");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("added to acme.json: acme (Acme) offers quote, candles", "open 10 high 12");
        assertThat(newCandles(candles, "/candles?market=BTC-USD", "BTC-USD").err())
                .contains("has candles already");
        Path file = folder.resolve("providers/acme.json");
        Files.writeString(file, Files.readString(file).replace(address(""), "https://acme.example"));
        assertThat(newAcme().err()).contains("has quote already");
        Files.writeString(file, Files.readString(file).replace("\"quote\"", "\"book\""));
        assertThat(newAcme().err()).contains("has another base_url");
        Files.writeString(file, "{");
        assertThat(newAcme().err()).contains("is no descriptor");
    }

    @Test
    void candles_of_another_interval_than_said_are_noticed() throws IOException {
        BrainRun run =
                newCandles("[[1767312000, 10, 12, 9, 11, 5], [1767315600, 10, 12, 9, 11, 5]]", "/d/BTC-USD", "BTC-USD");
        assertThat(run.out()).contains("warning: the candles are 1h apart, not 1d");
        Path file = folder.resolve("providers/acme.json");
        Files.writeString(file, Files.readString(file).replace("\"1d\"", "\"1d\", \"1h\""));
        BrainRun check = brain("providers", "check", file.toString(), "--sample", "sample");
        assertThat(check.out()).contains("candles: 2").doesNotContain("warning");
    }

    @Test
    void a_list_is_read_for_the_symbol_that_it_names() throws IOException {
        BrainRun run = newFrom("""
                [{"market": "KRW-BTC", "opening_price": 128000000.0, "high_price": 129500000.0, "low_price": 127100000.0,
                  "trade_price": 129012000.0, "timestamp": 1767312000123}]
                """, address("/v1/ticker?markets=KRW-BTC"), "--symbol", "KRW-BTC");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("symbol: KRW-BTC is BTC/KRW (crypto)", "price: 129012000.0", "open: 128000000.0");
        assertThat(Files.readString(folder.resolve("providers/acme.json"))).contains("\"0.market\": \"{symbol}\"");
    }

    @Test
    void the_first_of_several_items_is_not_taken_for_what_was_asked_for() throws IOException {
        String items = "[{\"code\": \"ETH\", \"last\": 2500}, {\"code\": \"BTC\", \"last\": 87000}]";
        assertThat(newFrom(items, address("/all?pair=BTC-USD"), "--symbol", "BTC-USD")
                        .err())
                .contains("the price is that of the first of several items");
        assertThat(folder.resolve("providers")).doesNotExist();
    }

    private String written() throws IOException {
        return Files.readString(folder.resolve("providers/acme.json"));
    }

    private BrainRun newQuote(String sample, String path, String symbol, String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of(address(path), "--symbol", symbol));
        options.addAll(Arrays.asList(more));
        return newFrom(sample, options.toArray(String[]::new));
    }

    @Test
    void of_several_items_of_one_symbol_the_newest_is_the_quote() throws IOException {
        String rows = """
                [{"symbol": "AAPL", "date": "2020-01-02", "close": 74}, {"symbol": "AAPL", "date": "2026-01-02", "close": 272}]
                """;
        BrainRun run = newQuote(rows, "/eod?symbols=AAPL", "AAPL");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("price: 272\n");
        assertThat(written()).contains("\"pick\": \"newest\"", "\"where\"");
        assertThat(newQuote(rows.replace("2026", "2020"), "/eod?symbols=AAPL", "AAPL", "--force")
                        .err())
                .contains("their times do not say which one is the newest");
        String results =
                "{\"ticker\":\"AAPL\",\"results\":[{\"c\":74.06,\"t\":1577941200000},{\"c\":272.1,\"t\":1767387600000}]}";
        assertThat(newQuote(results, "/v2/AAPL", "AAPL", "--force").err())
                .contains("the price is that of the first of several items");
        assertThat(newQuote(results, "/v2/AAPL", "AAPL", "--force", "--field", "price=results.0.c")
                        .err())
                .contains("the price is that of one of several items");
    }

    @Test
    void of_several_items_the_one_of_the_symbol_is_the_quote() throws IOException {
        BrainRun run = newQuote(
                "{\"data\": [{\"code\": \"ETH-USD\", \"last\": 2500}, {\"code\": \"BTC-USD\", \"last\": 87000}]}",
                "/all?pair=BTC-USD",
                "BTC-USD");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("price: 87000\n");
        assertThat(written()).contains("\"code\": \"{symbol}\"").doesNotContain("\"check\"");
    }

    @Test
    void a_member_that_is_called_as_the_symbol_is_that_of_each_symbol() throws IOException {
        BrainRun run = newQuote(
                "{\"ETH-USD\": {\"last\": 2500}, \"BTC-USD\": {\"name\": \"BTC-USD\", \"last\": 87612}}",
                "/t?s=BTC-USD",
                "BTC-USD");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("price: 87612\n");
        assertThat(written()).contains("\"{symbol}.last\"", "\"{symbol}.name\"").doesNotContain("BTC-USD.");
        String candles = "{\"btc-usd\": [[1767312000, 10, 12, 9, 11, 5]], \"eth-usd\": [[1767312000, 1, 3, 1, 2, 5]]}";
        assertThat(newCandles(candles, "/c/btc-usd", "btc-usd").out()).contains("open 10 high 12");
        assertThat(written()).contains("\"path\": \"{symbol|lower}\"");
        assertThat(newCandles(candles, "/c/BTC-USD", "BTC-USD", "--force").err())
                .contains("several lists of candles");
    }

    @Test
    void a_price_beside_others_of_its_name_is_asked_for() throws IOException {
        String sample = "{\"bid\": {\"price\": 1}, \"trade\": {\"price\": 2}}";
        assertThat(newQuote(sample, "/t/BTC-USD", "BTC-USD").err()).contains("(--field price=PATH)");
        assertThat(newQuote(sample, "/t/BTC-USD", "BTC-USD", "--field", "price=trade.price")
                        .out())
                .contains("price: 2\n");
        String columns = "{\"data\": {\"c\": [74, 272], \"t\": [1577941200, 1767387600]}}";
        assertThat(newQuote(columns, "/t/BTC-USD", "BTC-USD", "--force").err()).contains("the first of several items");
    }

    @Test
    void other_fields_that_are_in_one_of_several_items_are_not_proposed() throws IOException {
        String sample = "{\"last\": 87612, \"trades\": [{\"v\": 1, \"t\": 1767312000}, {\"v\": 2, \"t\": 1767312001}]}";
        assertThat(newQuote(sample, "/t/BTC-USD", "BTC-USD").out())
                .contains("price: 87612")
                .doesNotContain("volume", "time");
    }

    @Test
    void the_check_is_written_as_the_symbol_is_in_the_response() throws IOException {
        newQuote("{\"symbol\": \"btcusd\", \"last\": 87612}", "/v1/ticker/btcusd", "btcusd");
        assertThat(written()).contains("\"symbol\": \"{symbol|lower}\"");
        newQuote("{\"symbol\": \"BTCUSD\", \"last\": 87612}", "/v1/ticker/btcusd", "btcusd", "--force");
        assertThat(written()).contains("\"symbol\": \"{symbol}\"");
    }

    @Test
    void a_symbol_that_could_be_several_things_is_refused() throws IOException {
        String sample = "{\"last\": 2}";
        for (String symbol :
                List.of("EUR-USDT", "KRW-USDT", "METHUSDTX", "VOD.L", "WSTETH", "BRK-B", "BTC-USDT-SWAP")) {
            assertThat(newQuote(sample, "/t/" + symbol, symbol).err()).contains("it does not show what '" + symbol);
        }
        assertThat(newFrom(sample, address("/t/BTC-USD")).err()).contains("which symbol is in the address? (--symbol)");
        assertThat(folder.resolve("providers")).doesNotExist();
        for (String share : List.of("GBTC", "METH", "SAP")) {
            assertThat(newQuote(sample, "/t/" + share, share, "--force").out())
                    .contains(share + " is " + share + " (stock, United States, USD)");
        }
        assertThat(newQuote(sample, "/t/BTCUSDT", "BTCUSDT", "--force").out()).contains("BTCUSDT is BTC/USDT (crypto)");
        assertThat(newQuote(sample, "/t/XBTUSD", "XBTUSD", "--force").out()).contains("XBTUSD is ");
    }

    @Test
    void a_comma_that_could_mean_either_is_refused() throws IOException {
        String[] names = {"--force", "--field", "time=date"};
        String head = "date;open;high;low;close\n2026-01-02;";
        assertThat(newCandles(head + "87,612;87,613;87,611;87,612", "/d/EURUSD", "EURUSD", names)
                        .err())
                .contains("whether the comma in 87,612 is a decimal mark or a group mark does not show");
        assertThat(newCandles(head + "87,612;87,613;87,611;87,61", "/d/EURUSD", "EURUSD", names)
                        .out())
                .contains("open 87.612 high 87.613");
        assertThat(newCandles(head + "4,850;4,850.25;4,849;4,850", "/d/EURUSD", "EURUSD", names)
                        .out())
                .contains("open 4850 high 4850.25");
        assertThat(newCandles((head + "4,850;4,850.25;4,849;4,850").replace(';', '|'), "/d/EURUSD", "EURUSD", names)
                        .out())
                .contains("open 4850 high 4850.25");
        assertThat(newCandles(
                                "date,open,high,low,close\n2026-01-02,\"4,850\",\"4,850.25\",\"4,849\",\"4,850\"",
                                "/d/EURUSD",
                                "EURUSD",
                                names)
                        .out())
                .contains("open 4850 high 4850.25");
        assertThat(newCandles(head + "1,5;1.6;1,4;1,5", "/d/EURUSD", "EURUSD", names)
                        .err())
                .contains("decimal commas and decimal points");
    }

    @Test
    void a_quote_is_added_with_its_own_constants_and_only_if_it_is_read() throws IOException {
        newCandles("[[1767312000, 10, 12, 9, 11, 5]]", "/d/BTC-USD?interval=1d&limit=100&from=1767225600", "BTC-USD");
        String before = written();
        BrainRun unread = newQuote("{\"last\": null}", "/t/BTC-USD", "BTC-USD", "--field", "price=last");
        assertThat(unread.code()).isNotZero();
        assertThat(unread.out()).contains("quote is not added to acme.json");
        assertThat(written()).isEqualTo(before);
        BrainRun run = newQuote("{\"last\": 5}", "/t/BTC-USD?interval=1m&limit=1", "BTC-USD");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("added to acme.json: acme (Acme) offers quote, candles", "interval=1m", "price: 5");
        assertThat(newQuote("{\"last\": 5}", "/t/BTC-USD?from=1767225600", "BTC-USD")
                        .err())
                .contains("the time 'from=1767225600', which a quote cannot have");
    }

    @Test
    void an_addition_leaves_the_rest_of_the_descriptor() throws IOException {
        newAcme();
        Path file = folder.resolve("providers/acme.json");
        String forms = "\"symbols\": {\"forms\": [{\"crypto\": \"{base}-{quote}\", \"quotes\": [\"USD\"]}]}";
        Files.writeString(file, written().replaceAll("\"symbols\": \\{[^}]*}", forms.replace("{", "\\{")));
        assertThat(written()).contains("\"forms\"");
        String candles = "[[1767312000, 10, 12, 9, 11, 5]]";
        BrainRun run = newCandles(candles, "/candles?market=BTC-USD", "BTC-USD");
        assertThat(run.err()).isEmpty();
        assertThat(written()).contains("\"forms\"").doesNotContain("\"separator\"");
        Files.writeString(file, written().replace("\"acme\"", "\"other\""));
        assertThat(newCandles(candles, "/candles?market=BTC-USD", "BTC-USD").err())
                .contains("has another id than acme");
    }

    @Test
    void times_whose_format_or_zone_does_not_show_are_not_guessed() throws IOException {
        String candle = "[{\"time\": \"2026-01-02 00:00:00\", \"open\": 10, \"high\": 12, \"low\": 9, \"close\": 11}]";
        assertThat(newCandles(candle, "/d/BTC-USD", "BTC-USD").out())
                .contains("note: times are taken as UTC; add 'zone' if they are of another");
        assertThat(newCandles(
                                candle.replace("2026-01-02 00:00:00", "2026-01-02T00:00:00+01:00"),
                                "/d/BTC-USD",
                                "BTC-USD",
                                "--force")
                        .out())
                .contains("2026-01-01T23:00:00Z")
                .doesNotContain("note:");
        assertThat(newCandles(candle.replace("2026-01-02 00:00:00", "202601020000"), "/d/BTC-USD", "BTC-USD", "--force")
                        .out())
                .contains("first: 2026-01-02T00:00:00Z", "note: times are taken as UTC");
        assertThat(newCandles(candle, "/d/BTC-USD?from=20260102", "BTC-USD", "--force")
                        .err())
                .contains("the time 'from=20260102', whose format is not known");
        assertThat(newCandles(candle, "/d/BTC-USD", "BTC-USD", "--force", "--field", "time=typo")
                        .err())
                .contains("the sample has no 'typo' (--field time=PATH)");
    }

    @Test
    void a_sixth_column_that_is_another_price_is_no_volume() throws IOException {
        String rows = "[[1767312000, 10, 12, 9, 11, 10.5, 7], [1767398400, 11, 13, 10, 12, 11.5, 8]]";
        assertThat(newCandles(rows, "/d/BTC-USD", "BTC-USD").out())
                .contains("close 11\n")
                .doesNotContain("volume");
    }

    @Test
    void candles_are_dated_by_their_beginning() throws IOException {
        String candle =
                "[{\"candle_date_time_utc\": \"2026-01-02T00:00:00\", \"timestamp\": 1767312000123, \"opening_price\": 10,"
                        + " \"high_price\": 12, \"low_price\": 9, \"trade_price\": 11}]";
        assertThat(newCandles(candle, "/candles/days?market=KRW-BTC", "KRW-BTC").out())
                .contains("first: 2026-01-02T00:00:00Z open 10")
                .doesNotContain("warning");
        String[] wrong = {"--force", "--field", "time=timestamp", "--time-format", "millis"};
        assertThat(newCandles(candle, "/candles/days?market=KRW-BTC", "KRW-BTC", wrong)
                        .out())
                .contains("warning: 'time' is not when the candles begin");
    }

    @Test
    void columns_of_a_share_are_recognised() throws IOException {
        BrainRun run = newFrom(
                "{\"s\":\"ok\",\"symbol\":[\"AAPL\"],\"ask\":[272.10],\"bid\":[272.05],\"last\":[272.08],\"updated\":[1767387600]}",
                address("/v1/stocks/quotes/AAPL/"),
                "--symbol",
                "AAPL");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "symbol: AAPL is AAPL (stock, United States, USD)",
                        "price: 272.08",
                        "bid: 272.05",
                        "2026-01-02T21:00:00Z");
    }

    @Test
    void a_table_as_it_is_written_in_central_europe_is_read_with_the_names_that_are_given() throws IOException {
        String table = """
                # Kurse

                Datum;Open;High;Low;Close;Umsatz
                02.01.2026;1.101,50;1.102,75;1.101,00;1.102,25;987
                """;
        BrainRun run =
                newCandles(table, "/kurse/EURUSD.csv", "EURUSD", "--field", "time=Datum", "--field", "volume=Umsatz");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "symbol: EURUSD is EUR/USD (fx)",
                        "first: 2026-01-02T00:00:00Z open 1101.50 high 1102.75 low 1101.00 close 1102.25 volume 987");
    }

    @Test
    void candles_whose_names_are_not_known_need_only_the_names() throws IOException {
        String rows = "{\"rows\": [{\"day\": \"2026-01-02\", \"first\": 10, \"max\": 12, \"min\": 9, \"end\": 11}]}";
        assertThat(newCandles(rows, "/d/BTC-USD", "BTC-USD").err())
                .contains("where is the field 'time'? (--field time=PATH)");
        String[] names = {
            "--field",
            "time=day",
            "--field",
            "open=first",
            "--field",
            "high=max",
            "--field",
            "low=min",
            "--field",
            "close=end"
        };
        assertThat(newCandles(rows.replace("2026-01-02", "1/2/2026"), "/d/BTC-USD", "BTC-USD", names)
                        .err())
                .contains("in which format is the time '1/2/2026'? (--time-format FORMAT");
        BrainRun run = newCandles(rows, "/d/BTC-USD", "BTC-USD", names);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("first: 2026-01-02T00:00:00Z open 10 high 12 low 9 close 11");
    }

    @Test
    void a_sample_without_the_field_is_refused_with_what_to_give() throws IOException {
        body = "{\"a\": \"b\"}";
        BrainRun run = newAcme();
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("where is the field 'price'? (--field price=PATH)");
        assertThat(folder.resolve("providers")).doesNotExist();
        assertThat(brain("providers", "new", "--id", "Acme!", "--yes").err()).contains("is no id");
        assertThat(brain("providers", "new", "--id", "kraken", "--yes").err())
                .contains("there is another provider 'kraken'");
    }

    @Test
    void a_test_says_what_it_would_call_and_calls_only_after_a_yes() {
        newAcme();
        asked.clear();
        BrainRun plan = brain("providers", "test", "acme");
        assertThat(plan.code()).isZero();
        assertThat(plan.out()).isEqualTo("""
                        Acme: 1 call
                          quote BTC-USD
                        cost: nothing, as far as its descriptor says
                        Nothing was sent; --live makes the calls.
                        """);
        typed.add("no");
        assertThat(brain("providers", "test", "acme", "--live").code()).isEqualTo(1);
        assertThat(brain("providers", "test", "acme", "--live").code()).isEqualTo(1);
        assertThat(asked).isEmpty();
        typed.add("yes");
        BrainRun live = brain("providers", "test", "acme", "--live");
        assertThat(live.out()).endsWith("quote BTC-USD: ok\n");
        assertThat(live.code()).isZero();
        assertThat(asked).hasSize(1);
        body = "{}";
        BrainRun broken = brain("providers", "test", "acme", "--live", "--yes");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.out()).contains("quote BTC-USD: FAILED: ");
        assertThat(brain("providers", "test", "nobody").err()).contains("there is no provider 'nobody'");
    }

    @Test
    void a_provider_is_switched_live_after_a_call_with_its_key_that_succeeded() throws IOException {
        newAcme();
        asked.clear();
        secret = Optional.of("k-5af9c1d7e3b24680");
        Files.writeString(folder.resolve(".env"), "SERVER_PORT=9000");
        body = "{}";
        BrainRun failed = brain("providers", "live", "acme", "--yes");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("nothing was stored");
        assertThat(Files.readString(folder.resolve(".env"))).isEqualTo("SERVER_PORT=9000");

        body = TICKER;
        BrainRun printed = brain("providers", "live", "acme", "--yes", "--print");
        assertThat(printed.out()).endsWith("brain secrets set ACME_API_KEY\nACME_MODE=live\n");
        BrainRun run = brain("providers", "live", "acme", "--yes");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("ACME_API_KEY: stored, encrypted", "ACME_MODE=live: in .env");
        assertThat(Files.readString(folder.resolve(".env"))).isEqualTo("SERVER_PORT=9000\nACME_MODE=live\n");
        assertThat(asked).hasSize(3).last().asString().contains("apikey=k-5af9c1d7e3b24680");
        assertThat(run.out() + run.err() + printed.out() + failed.out() + failed.err())
                .doesNotContain("k-5af9c1d7e3b24680");
        assertThat(brain("providers").out()).contains("\"mode\":\"live\"");
    }
}
