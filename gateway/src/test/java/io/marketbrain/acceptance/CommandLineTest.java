package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Main;
import io.marketbrain.cli.Invocation;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.Recording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands run in this process against the real gateway. */
class CommandLineTest {
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private boolean terminal;

    record Result(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private Result brain(String line) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var around = new CommandContext(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                environment,
                folder,
                folder,
                InstantSource.system());
        int code = Invocation.run(line.isEmpty() ? new String[0] : line.split(" "), around, new Main());
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static JsonValue json(String text) throws MalformedPayload {
        return JsonValue.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_quote_written_to_a_pipe_is_one_line_of_the_api_json() throws MalformedPayload {
        Result result = brain("quote binance BTCUSDT");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.lines()).hasSize(1);
        JsonValue answer = json(result.out().strip());
        assertThat(answer.at("success").bool()).isTrue();
        assertThat(answer.at("mock").bool()).isTrue();
        assertThat(answer.at("data").at("symbol").text()).isEqualTo("BTC");
        assertThat(answer.at("data").at("price").decimal()).isPositive();
    }

    @Test
    void a_quote_in_a_terminal_is_a_table_with_the_reason_for_mock_data() {
        terminal = true;
        Result result = brain("quote binance BTCUSDT ETH/USDT");
        assertThat(result.code()).isZero();
        assertThat(result.lines().getFirst()).startsWith("INSTRUMENT").contains("PRICE", "AS OF");
        assertThat(result.lines().get(1)).startsWith("BTC/USDT").endsWith("mock");
        assertThat(result.lines().get(2)).startsWith("ETH/USDT");
        assertThat(result.lines().getLast())
                .isEqualTo(
                        "mock: nothing leaves this machine until asked: set BINANCE_MODE=live, or BINANCE_API_KEY and BINANCE_API_SECRET");
    }

    @Test
    void an_explicit_format_overrides_the_one_detected() {
        assertThat(brain("quote binance BTCUSDT --format table").out()).startsWith("INSTRUMENT");
        terminal = true;
        assertThat(brain("quote binance BTCUSDT --format json").out()).startsWith("{");
    }

    @Test
    void one_invalid_symbol_sets_the_exit_code_and_does_not_hide_the_other_results() {
        Result result = brain("quote binance BTCUSDT nonsense! ETHUSDT");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.lines()).hasSize(2);
        assertThat(result.err()).contains("nonsense!");
    }

    /** Three completed daily candles in Binance's format. */
    private static final String KLINES = """
            [[1704067200000,"42283.58000000","44184.10000000","42180.77000000","44179.55000000","27174.29903000",
              1704153599999,"1169995682.82",1114623,"14018.40","603544612.1","0"],
             [1704153600000,"44179.55000000","45879.63000000","44148.34000000","44946.91000000","65146.40661000",
              1704239999999,"2944331687.0",2178237,"32832.5","1484020021.7","0"],
             [1704240000000,"44946.91000000","45500.00000000","40750.00000000","42845.23000000","81194.55173000",
              1704326399999,"3507105549.2",2400181,"40118.2","1734025322.5","0"]]""";

    private PlaybackServer binance() {
        PlaybackServer upstream = PlaybackServer.start()
                .on("/api/v3/klines", PlaybackServer.json(KLINES))
                .on(
                        "/api/v3/ticker/24hr",
                        PlaybackServer.json(Recording.of("binance", "v3_ticker_24hr--DOGEUSDT-")
                                .body()));
        environment.put("BINANCE_MODE", "live");
        environment.put("BINANCE_BASE_URL", upstream.url().toString());
        return upstream;
    }

    @Test
    void a_live_quote_keeps_the_digits_that_the_provider_sent() throws MalformedPayload {
        try (var _ = binance()) {
            JsonValue answer = json(brain("quote binance DOGEUSDT").out().strip());
            assertThat(answer.at("mock").bool()).isFalse();
            assertThat(answer.at("data").at("price").text()).isEqualTo("0.27050000");
            terminal = true;
            List<String> lines = brain("quote binance DOGEUSDT").lines();
            assertThat(lines).hasSize(3);
            assertThat(lines.get(1))
                    .startsWith("DOGE/USDT")
                    .contains("  0.27050000  ")
                    .endsWith("binance");
            assertThat(lines.getLast()).as("a recording is old").startsWith("DOGE/USDT: stale_feed");
        }
    }

    @Test
    void candles_are_available_as_csv_json_or_a_table() throws MalformedPayload {
        String days = "candles binance BTCUSDT --interval 1d --from 2024-01-01 --to 2024-01-04";
        try (var _ = binance()) {
            Result csv = brain(days);
            assertThat(csv.err()).isEmpty();
            assertThat(csv.code()).isZero();
            assertThat(csv.lines()).hasSize(4);
            assertThat(csv.lines().get(0)).startsWith("open_time,open,high,low,close,volume");
            assertThat(csv.lines().get(1))
                    .startsWith("2024-01-01T00:00:00Z,42283.58000000,44184.10000000,42180.77000000,44179.55000000,")
                    .endsWith(",binance,BTC/USDT,1d,USDT");

            Result json = brain(days + " --format json");
            assertThat(json(json.out().strip()).at("data").at("candles").items())
                    .hasSize(3);

            terminal = true;
            Result table = brain(days);
            assertThat(table.lines()).hasSize(4);
            assertThat(table.lines().get(0)).startsWith("OPEN TIME").contains("CLOSE");
            assertThat(table.lines().get(3)).contains("2024-01-03T00:00:00Z", "42845.23000000");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "quote nowhere BTC|unknown provider 'nowhere'; known providers: ",
                "quote binance|Missing required parameter: 'SYMBOL'",
                "explain binance|Missing required parameter: 'SYMBOL'",
                "candles nowhere BTC|unknown provider 'nowhere'; known providers: ",
                "candles binance BTCUSDT --interval 7m|interval '7m' is not valid",
                "candles binance BTCUSDT --limit 0|limit '0' is not valid",
                "candles binance BTCUSDT --from yesterdy|--from 'yesterdy' is not a time such as",
                "quote binance BTCUSDT --timeout 99|timeout '99' is not valid",
                "quote|Missing required parameter: '[PROVIDER] SYMBOL'",
                "quote binance BTCUSDT --format xml|'xml' is not one of table, csv, json, ndjson",
                "candles binance BTCUSDT --format xml|'xml' is not one of table, csv, json, ndjson, svg",
                "qoute binance BTCUSDT|brain quote",
                "--prot 1|Unknown options: '--prot', '1'",
                "--port|Missing required parameter for option '--port'",
                "--port x|--port: server.port is 'x', but must be a whole number from 0 to 65535",
                "serve --set server.prot=1|--set server.prot: is not a setting; did you mean server.port?",
                "--config missing.yaml|missing.yaml: does not exist",
                "config nothing.like.this|there is no setting or section called nothing.like.this",
                "build|is a command of the brain script",
            })
    void a_usage_error_is_one_line_and_exit_code_2(String line, String message) {
        Result result = brain(line);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("brain: ").contains(message).doesNotContain("\tat ", "Exception");
    }

    @Test
    void invalid_settings_stop_every_command_that_uses_them() throws IOException {
        Files.writeString(folder.resolve("brain.yaml"), "server:\n  prot: 1\n");
        for (String line : List.of("", "quote binance BTCUSDT", "providers", "config")) {
            Result result = brain(line);
            assertThat(result.code()).as(line).isEqualTo(2);
            assertThat(result.err())
                    .isEqualTo("brain: brain.yaml:2: server.prot is not a setting; did you mean server.port?\n");
        }
    }

    @Test
    void misspelled_environment_variables_cause_a_hint_but_no_failure() {
        environment.put("BINANCE_APIKEY", "topsecret");
        Result result = brain("providers");
        assertThat(result.code()).isZero();
        assertThat(result.err())
                .isEqualTo(
                        "brain: environment: BINANCE_APIKEY is not a setting and ignored; did you mean BINANCE_API_KEY?\n");
    }

    @Test
    void providers_are_listed_with_their_mode_and_the_reason() throws MalformedPayload {
        assertThat(json(brain("providers").out().strip()).at("providers").items())
                .isNotEmpty();
        terminal = true;
        assertThat(brain("providers").lines())
                .anySatisfy(
                        line -> assertThat(line).startsWith("binance").contains("mock", "quote,candles,book,trades"));
    }

    @Test
    void config_shows_values_and_their_origins_but_no_secrets() throws IOException {
        environment.put("BINANCE_API_KEY", "topsecret");
        Files.writeString(folder.resolve(".env"), "SERVER_PORT=7001\n");
        terminal = true;
        Result all = brain("config --host 127.0.0.9");
        assertThat(all.code()).isZero();
        assertThat(all.out()).doesNotContain("topsecret", "<");
        assertThat(all.lines())
                .anySatisfy(line -> assertThat(line).matches("server.host +127.0.0.9 +--host +SERVER_HOST"))
                .anySatisfy(line -> assertThat(line).matches("server.port +7001 +.env:1 +SERVER_PORT"))
                .anySatisfy(line ->
                        assertThat(line).matches("providers.binance.api_key +\\*+ +environment +BINANCE_API_KEY"))
                .anySatisfy(line -> assertThat(line).matches("live_providers +- +default +LIVE_PROVIDERS"));
        assertThat(brain("config --changed").lines()).hasSize(3);
        assertThat(brain("config server").lines())
                .allMatch(line -> line.startsWith("SETTING") || line.startsWith("server."));
        assertThat(brain("config SERVER_PORT").lines()).hasSize(2);
    }

    @Test
    void config_written_to_a_pipe_is_one_json_line_per_setting() throws MalformedPayload {
        environment.put("SERVER_PORT", "7001");
        JsonValue line = json(brain("config server.port").out().strip());
        assertThat(line.at("key").text()).isEqualTo("server.port");
        assertThat(line.at("value").text()).isEqualTo("7001");
        assertThat(line.at("from").text()).isEqualTo("environment");
        assertThat(line.at("default").text()).isEqualTo("8000");
    }

    @Test
    void config_prints_the_example_file() throws IOException {
        assertThat(brain("config --example").out()).isEqualTo(Files.readString(Path.of("../.env.example")));
    }

    @Test
    void doctor_finds_no_problem_on_a_default_machine() {
        terminal = true;
        Result result = brain("doctor --port 0");
        assertThat(result.out())
                .contains(
                        "ok    java: ",
                        "ok    settings: ",
                        "ok    port: ",
                        "ok    redis: not used",
                        "clock: ",
                        "disk: ")
                .contains("all mock; nothing leaves this machine")
                .endsWith("No problems found.\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void doctor_reports_problems_and_how_to_fix_them() throws IOException, MalformedPayload {
        Files.writeString(folder.resolve(".env"), "SERVER_PORT=x\n");
        Result settings = brain("doctor");
        assertThat(settings.code()).isEqualTo(1);
        JsonValue wrong = json(settings.lines().stream()
                .filter(line -> line.contains("\"wrong\""))
                .findFirst()
                .orElseThrow());
        assertThat(wrong.at("subject").text()).isEqualTo("settings");
        assertThat(wrong.at("words").text()).startsWith(".env:1: SERVER_PORT is 'x'");

        Files.delete(folder.resolve(".env"));
        environment.put("BINANCE_MODE", "live");
        environment.put("BINANCE_BASE_URL", "http://127.0.0.1:" + closedPort());
        terminal = true;
        Result provider = brain("doctor --port 0");
        assertThat(provider.code()).isEqualTo(1);
        assertThat(provider.out()).contains("WRONG binance: ", "      -> ").endsWith("1 problem found.\n");
    }

    @Test
    void a_provider_that_does_not_respond_gives_exit_code_1() throws IOException {
        environment.put("BINANCE_MODE", "live");
        environment.put("BINANCE_BASE_URL", "http://127.0.0.1:" + closedPort());
        Result result = brain("quote binance BTCUSDT --timeout 2");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("brain: ");
    }

    @Test
    void a_port_in_use_is_one_clear_line_and_a_distinct_exit_code() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result result = brain("--port " + taken.getLocalPort());
            assertThat(result.code()).isEqualTo(3);
            assertThat(result.out()).isEmpty();
            assertThat(result.err().lines())
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line).startsWith("brain: port " + taken.getLocalPort() + " is already in use"));
        }
    }

    @Test
    void an_address_that_is_not_local_is_one_clear_line() {
        Result result = brain("--host 192.0.2.1 --port 0");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("brain: listening on 192.0.2.1 makes the gateway reachable from other machines.")
                        .contains("brain keys create NAME"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "serve",
                "quote",
                "candles",
                "providers",
                "config",
                "doctor",
                "health",
                "test",
                "bench",
                "build",
                "dist",
                "providers new",
                "providers check",
                "providers test",
                "providers live",
                "providers drift",
                "keys create",
                "secrets set",
                "alerts add"
            })
    void every_command_has_help(String command) {
        Result result = brain((command + " --help").strip());
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("Usage: brain" + (command.isEmpty() ? "" : " " + command));
    }

    @Test
    void the_help_lists_every_command_and_exit_code() {
        assertThat(brain("--help").out())
                .contains(
                        "serve",
                        "quote",
                        "candles",
                        "providers",
                        "config",
                        "doctor",
                        "health",
                        "test",
                        "bench",
                        "build",
                        "dist",
                        "version")
                .contains("Exit codes:", "Examples:");
    }

    @Test
    void version_shows_the_java_version_in_use() {
        assertThat(brain("version").out())
                .startsWith("Market Intel Brain ")
                .contains(" on Java " + Runtime.version().feature());
    }

    private static int closedPort() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return server.getLocalPort();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--set cache.l1_ttl=7s config cache.l1_ttl --format json",
                "config cache.l1_ttl --format json --set cache.l1_ttl=7s",
                "--set cache.l1_ttl=9s config cache.l1_ttl --format json --set cache.l1_ttl=7s"
            })
    void settings_may_stand_before_the_command_and_after_it_where_they_are_stronger(String line) {
        assertThat(brain(line).out()).contains("\"value\":\"7s\"", "\"from\":\"--set cache.l1_ttl\"");
    }

    @Test
    void options_before_the_command_are_not_ignored() {
        assertThat(brain("--port 9123 config server.port --format json").out())
                .contains("\"value\":\"9123\"", "\"from\":\"--port\"");
        Result missing = brain("--config missing.yaml config");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("missing.yaml: does not exist");
        try (PlaybackServer _ = binance()) {
            environment.remove("BINANCE_MODE");
            assertThat(brain("--set providers.binance.mode=live quote binance DOGEUSDT")
                            .out())
                    .contains("\"mock\":false");
        }
    }

    @Test
    void a_command_that_reads_no_settings_refuses_them() {
        Result ended = brain("--port 9000 version");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("\"version\" reads no settings; leave out the options before it");
    }

    @Test
    void help_is_a_command_and_describes_every_other_in_whole_sentences() {
        Result help = brain("help");
        assertThat(help.code()).isZero();
        List<String> commands = help.lines();
        int first = commands.indexOf("Commands:") + 1;
        List<String> listed = commands.subList(first, commands.indexOf("Exit codes:"));
        assertThat(String.join(" ", listed).replaceAll("\\s+", " ")).contains("budget", "explain", "secrets");
        var entries = new ArrayList<String>();
        for (String line : listed) {
            if (line.matches(" {2}\\S.*")) {
                entries.add(line.strip());
            } else if (!line.isBlank()) {
                entries.set(entries.size() - 1, entries.getLast() + " " + line.strip());
            }
        }
        assertThat(entries)
                .hasSizeGreaterThan(15)
                .allSatisfy(entry -> assertThat(entry).matches(".*[.)]"));
        assertThat(brain("help quote").out()).contains("brain quote");
        assertThat(brain("quote --help").out()).contains("--set");
    }

    @Test
    void the_port_is_described_for_clients_as_for_servers() {
        assertThat(brain("health --help").out())
                .contains("The port of the gateway")
                .doesNotContain("Listen on");
    }

    @Test
    void an_unknown_command_gets_a_suggestion_only_if_one_is_near() {
        Result far = brain("fundamentals");
        assertThat(far.code()).isEqualTo(2);
        assertThat(far.err())
                .contains("fundamentals")
                .doesNotContain("Did you mean")
                .contains("Try: brain --help");
        assertThat(brain("quotte").err()).contains("Did you mean: brain quote?");
        assertThat(brain("quote binance BTCUSDT --fromat json").err()).contains("Did you mean: --format?");
    }
}
