package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.cli.BrainRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * No output depends on the locale or the time zone of the machine: not on its digits (Arabic), calendar (Buddhist), decimal
 * comma (German), or letters (the Turkish i). Each locale has a process of its own.
 */
@Timeout(300)
class LocaleTest {
    @TempDir
    Path folder;

    @Test
    void every_output_is_the_same_in_every_locale() throws Exception {
        List<String> expected = outputOf("en-US", "UTC");
        assertThat(expected).hasSizeGreaterThan(40);
        for (List<String> other : List.of(
                List.of("tr-TR", "Europe/Istanbul"),
                List.of("ar-EG-u-nu-arab", "Africa/Cairo"),
                List.of("th-TH-u-ca-buddhist-nu-thai", "Asia/Bangkok"),
                List.of("de-DE", "Europe/Berlin"))) {
            List<String> output = outputOf(other.getFirst(), other.getLast());
            for (int i = 0; i < expected.size(); i++) {
                assertThat(output.get(i)).as("%s", other).isEqualTo(expected.get(i));
            }
            assertThat(output).hasSameSizeAs(expected);
        }
    }

    private List<String> outputOf(String locale, String zone) throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(folder, "locale");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocaleTest.class.getName(),
                        locale,
                        zone,
                        own.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as("%s", lines).isZero();
        return lines;
    }

    /** Prints responses of a gateway with a stopped clock and the output of commands. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.forLanguageTag(args[0]));
        TimeZone.setDefault(TimeZone.getTimeZone(args[1]));
        Path folder = Path.of(args[2]);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var clock = Map.of("MOCK_CLOCK", "2024-02-21T09:00:00Z");
        try (var gateway = TestGateway.with(folder, "MOCK_CLOCK", "2024-02-21T09:00:00Z", "CACHE_L1_TTL", "60s")) {
            for (String path : List.of(
                    "data/binance/btcusdt",
                    "data/mock/IBM",
                    "quotes?symbols=binance:BTCUSDT,mock:aapl&format=csv",
                    "candles/binance/BTCUSDT?interval=1d&limit=5&format=csv",
                    "candles/binance/linkusdt?limit=3&format=ndjson",
                    "series/mock/GDP?limit=3",
                    "data/binance/BTCUSDT?timeout=0,5")) {
                var answer = gateway.get("/api/v1/" + path);
                String etag = answer.header("ETag");
                out.println(path + " " + answer.status() + " " + etag);
                out.println(answer.text()
                        .replaceAll("\"(response_time|call_id|task_id|received_at|age)\":(\"[^\"]*\"|[^,}]+)", ""));
                out.println(
                        gateway.get("/api/v1/" + path, "If-None-Match", etag).status());
            }
        }
        for (String[] command : new String[][] {
            {"candles", "binance", "BTCUSDT", "--limit", "5", "--format", "table"},
            {"candles", "binance", "BTCUSDT", "--limit", "5", "--format", "csv"},
            {"candles", "binance", "BTCUSDT", "--limit", "20", "--format", "svg"},
            {"quote", "mock", "AAPL", "--format", "table"}
        }) {
            BrainRun run = BrainRun.with(folder, true, clock, command);
            out.println(run.code() + " " + run.out().replaceAll("[0-9.]+ ms", "") + run.err());
        }
    }
}
