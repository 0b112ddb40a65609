package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a newcomer does in a terminal: commands of the distribution's script, in a folder with a name that is not ASCII,
 * each in its own process, with a small heap.
 */
@Timeout(120)
class FirstUseTest {
    private static final String MONTH =
            "./brain candles binance BTCUSDT --interval 1m --from 2024-01-01 --to 2024-02-01 --format csv";

    @TempDir
    static Path temporary;

    private static Path home;

    private record Ended(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    /** A distribution whose runtime is the JDK of the tests and whose jar refers to their class path. */
    @BeforeAll
    static void install() throws IOException {
        home = Files.createDirectories(temporary.resolve("ünïcödé 数据"));
        Path sources = Path.of("src/dist");
        Files.copy(sources.resolve("jvm.options"), home.resolve("jvm.options"));
        Files.copy(sources.resolve("brain"), home.resolve("brain"));
        assertThat(home.resolve("brain").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(home.resolve("runtime"), Path.of(System.getProperty("java.home")));
        var manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "io.marketbrain.Main");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !entry.isEmpty())
                        .map(entry -> Path.of(entry).toAbsolutePath().toUri().toString())
                        .collect(Collectors.joining(" ")));
        Path jar = Files.createDirectories(home.resolve("app")).resolve("market-intel-brain.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    private static ProcessBuilder shell(String line, Map<String, String> environment) {
        var builder = new ProcessBuilder("bash", "-c", line).directory(home.toFile());
        Map<String, String> around = new TreeMap<>(environment);
        around.put("PATH", System.getenv("PATH"));
        around.put("BRAIN_JAVA_OPTS", "-Xmx48m -XX:TieredStopAtLevel=1");
        builder.environment().clear();
        builder.environment().putAll(around);
        return builder;
    }

    private static Ended run(String line) throws Exception {
        return run(line, Map.of());
    }

    private static Ended run(String line, Map<String, String> environment) throws Exception {
        Path err = Files.createTempFile(temporary, "err", "");
        Process process = shell(line, environment).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, Files.readString(err));
    }

    @Test
    void p01_a_month_of_minutes_is_written_whole_in_a_small_heap() throws Exception {
        Ended month = run(MONTH);
        assertThat(month.code()).isZero();
        assertThat(month.err()).isEmpty();
        assertThat(month.lines()).hasSize(1 + 44_640);
    }

    @Test
    void p01_a_reader_that_ends_early_ends_the_command_quietly() throws Exception {
        Ended head = run(MONTH.replace("2024-02-01", "2024-12-01") + " | head -1; echo ${PIPESTATUS[0]}");
        assertThat(head.err()).isEmpty();
        assertThat(head.lines()).hasSize(2).last().isEqualTo("141");
    }

    @Test
    void p01_a_full_disk_is_one_clear_line() throws Exception {
        Ended full = run(MONTH + " > /dev/full");
        assertThat(full.code()).isEqualTo(5);
        assertThat(full.err()).isEqualTo("brain: the output cannot be written: No space left on device\n");
        assertThat(run("./brain quote binance BTCUSDT > /dev/full").code()).isEqualTo(5);
        assertThat(run("./brain version > /dev/full").code()).isEqualTo(5);
    }

    @Test
    void p01_a_closed_standard_output_is_an_error_without_a_stack_trace() throws Exception {
        Ended closed = run("./brain quote binance BTCUSDT >&-");
        assertThat(closed.code()).isEqualTo(5);
        assertThat(closed.err())
                .startsWith("brain: the output cannot be written")
                .doesNotContain("\tat ");
    }

    @Test
    void p01_an_interrupted_range_says_where_to_resume() throws Exception {
        Path err = Files.createTempFile(temporary, "err", "");
        Process process = shell(
                        "exec ./brain candles binance BTCUSDT --interval 1s --from 2024-01-01 --to 2024-01-10 --format csv",
                        Map.of())
                .redirectError(err.toFile())
                .start();
        String last = "";
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < 5000; i++) {
                last = out.readLine();
            }
            // Unlike Process.destroy, this leaves the output open.
            assertThat(ProcessHandle.of(process.pid()).orElseThrow().destroy()).isTrue();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line;
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        var written = Instant.parse(last.substring(0, last.indexOf(',')));
        assertThat(Files.readString(err))
                .startsWith("brain: interrupted after ")
                .endsWith("to continue, run it again with --from " + written.plusSeconds(1) + "\n");
    }

    @Test
    void p02_options_before_the_command_count() throws Exception {
        Ended before = run("./brain --set cache.l1_ttl=7s config cache.l1_ttl --format json");
        assertThat(before.out()).contains("\"value\":\"7s\"");
        assertThat(run("./brain --config missing.yaml config").code()).isEqualTo(2);
    }

    @Test
    void p06_doctor_reads_the_address_of_redis_although_it_has_a_password() throws Exception {
        int closed;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = server.getLocalPort();
        }
        Ended doctor = run(
                "./brain doctor --port 0 --format table",
                Map.of("REDIS_URL", "redis://:topsecret@127.0.0.1:" + closed));
        assertThat(doctor.out())
                .contains("redis://127.0.0.1:" + closed + " does not respond")
                .doesNotContain("topsecret");
    }

    @Test
    void p07_a_provider_that_needs_no_key_does_not_ask_for_one() throws Exception {
        assertThat(run("./brain providers --format table").out())
                .contains("binance", "coinbase", "kraken")
                .doesNotContain("no credentials", "is not configured");
    }

    @Test
    void p08_a_symbol_of_the_provider_leads_back_to_the_same_instrument() throws Exception {
        JsonValue first = quote("BTC-USDT");
        JsonValue second = quote(first.at("provider_symbol").text());
        assertThat(second.at("instrument").text())
                .isEqualTo(first.at("instrument").text());
    }

    private static JsonValue quote(String symbol) throws Exception {
        String out = run("./brain quote binance " + symbol).out();
        return JsonValue.parse(out.getBytes(StandardCharsets.UTF_8)).at("data");
    }

    @Test
    void p09_help_is_a_command_and_misspelled_commands_are_recognised() throws Exception {
        assertThat(run("./brain help").code()).isZero();
        assertThat(run("./brain trades binance BTCUSDT --limit 2 --format csv").lines())
                .hasSize(3);
        Ended wrong = run("./brain pirce binance BTCUSDT");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("Did you mean: brain quote?");
    }

    @Test
    void p10_a_time_that_is_not_valid_gets_the_nearest_match() throws Exception {
        assertThat(run("./brain candles binance BTCUSDT --interval 1h --from 2024-1-1")
                        .err())
                .contains("did you mean '2024-01-01'?");
    }

    @Test
    void folders_files_and_arguments_need_not_be_ascii_in_any_locale() throws Exception {
        Files.writeString(home.resolve("brän 数.yaml"), "state:\n  folder: \"zustand ünï\"\n");
        for (String locale : List.of("C", "C.UTF-8", "POSIX", "")) {
            Ended keys = run(
                    "./brain keys create \"bob$RANDOM\" --config 'brän 数.yaml' && ls 'zustand ünï'",
                    Map.of("LC_ALL", locale));
            assertThat(keys.code()).as(locale + keys.err()).isZero();
            assertThat(keys.out()).contains("keys");
            Ended quote = run("./brain quote binance 'ÄÖ数'", Map.of("LC_ALL", locale));
            assertThat(quote.err()).as(locale).startsWith("brain: ").doesNotContain("\tat ", "Exception");
        }
    }
}
