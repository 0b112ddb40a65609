package io.marketbrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code brain candles} over whole ranges, with relative dates and time zones. */
class CandleRangeCommandTest {
    private static final String[] MONTH = {
        "candles", "binance", "BTCUSDT", "--interval", "1m", "--from", "2024-01", "--to", "2024-02", "--format", "csv"
    };

    @TempDir
    Path folder;

    private BrainRun brain(String line) {
        return BrainRun.of(folder, line.split(" "));
    }

    @Test
    void a_month_of_minutes_is_complete() {
        BrainRun run = BrainRun.of(folder, MONTH);
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.lines()).hasSize(1 + 44_640).doesNotHaveDuplicates();
        assertThat(run.lines().getLast()).startsWith("2024-01-31T23:59:00Z,");
    }

    @Test
    void a_long_range_as_json_is_one_complete_document() throws Exception {
        BrainRun run = brain("candles binance BTCUSDT --interval 1m --from 2024-01-01 --to 2024-01-03 --format json");
        assertThat(run.err()).isEmpty();
        JsonValue json = JsonValue.parse(run.out().getBytes(StandardCharsets.UTF_8));
        assertThat(json.at("data").at("candles").items()).hasSize(2880);
        assertThat(json.at("data").at("instrument").text()).isEqualTo("BTC/USDT");
        assertThat(json.at("data").at("gaps").items()).isEmpty();
        assertThat(json.at("mock").bool()).isTrue();
    }

    @Test
    void ndjson_ends_with_the_trailer() {
        BrainRun run = brain("candles binance BTCUSDT --interval 1m --from 2024-01-01 --to 2024-01-03 --format ndjson");
        assertThat(run.lines()).hasSize(2881);
        assertThat(run.lines().getLast()).startsWith("{\"trailer\":true,\"count\":2880");
    }

    @Test
    void a_long_range_in_a_terminal_is_one_table() {
        BrainRun run = BrainRun.inTerminal(
                folder, "candles binance BTCUSDT --interval 1m --from 2024-01-01 --to 2024-01-03".split(" "));
        assertThat(run.lines()).hasSize(2881);
        assertThat(run.lines().stream().filter(line -> line.startsWith("OPEN TIME")))
                .hasSize(1);
    }

    @Test
    void prices_can_be_asked_for_as_they_are_adjusted() {
        String candles =
                "candles twelvedata AAPL --interval 1d --from 2024-01-02 --limit 2 --format ndjson --adjustment ";
        assertThat(brain(candles + "raw").lines().getLast()).contains("\"adjustment\":\"raw\"");
        assertThat(brain(candles + "all").lines().getLast()).contains("\"adjustment\":\"all\"");
        assertThat(brain("candles binance BTCUSDT --limit 2 --format ndjson --adjustment all")
                        .lines()
                        .getLast())
                .contains("\"adjustment\":\"not_applicable\"");
        BrainRun wrong = brain(candles + "most");
        assertThat(wrong.code()).isNotZero();
        assertThat(wrong.err()).contains("raw, splits, all");
    }

    @Test
    void a_range_too_long_for_a_chart_is_a_usage_error() {
        BrainRun run = brain("candles binance BTCUSDT --interval 1m --from 2024-01-01 --to 2024-01-08 --format svg");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("a chart has at most 5000 candles");
    }

    @Test
    void a_cut_that_was_asked_for_is_said_and_how_to_go_on() {
        String said = "brain: stopped after 10 candles (--limit); there are more; to continue, run it again with --from"
                + " 2024-01-01T00:10:00Z\n";
        for (String format : new String[] {"csv", "json", "ndjson", "table"}) {
            BrainRun run =
                    brain("candles binance BTCUSDT --interval 1m --from 2024-01-01 --limit 10 --format " + format);
            assertThat(run.code()).as(format).isZero();
            assertThat(run.err()).as(format).isEqualTo(said);
        }
        assertThat(brain("candles binance BTCUSDT --interval 1m --from 2024-01-01 --to 2024-01-01T00:10 --limit 10")
                        .err())
                .isEmpty();
    }

    @Test
    void a_resumed_range_can_be_appended_without_a_header() {
        BrainRun run = brain("candles binance BTCUSDT --interval 1m --from 2024-01-01 --to 2024-01-02 --no-header");
        assertThat(run.lines()).hasSize(1440);
        assertThat(run.lines().getFirst()).startsWith("2024-01-01T00:00:00Z,");
    }

    @Test
    void relative_times_are_options_values_although_they_start_with_a_dash() {
        BrainRun run = brain("candles binance BTCUSDT --interval 1h --from -12h");
        assertThat(run.err()).isEmpty();
        assertThat(run.lines()).hasSize(1 + 12);
        assertThat(brain("candles binance BTCUSDT --interval 1d --from=-30d --to today")
                        .lines())
                .hasSize(1 + 29);
    }

    @Test
    void a_time_zone_applies_to_dates_and_to_shown_times() {
        BrainRun run =
                brain("candles binance BTCUSDT --interval 1h --from 2024-07-01 --to 2024-07-02 --tz Europe/Berlin");
        assertThat(run.lines()).hasSize(25);
        assertThat(run.lines().get(1)).startsWith("2024-07-01T00:00:00+02:00,");
        assertThat(run.lines().getLast()).startsWith("2024-07-01T23:00:00+02:00,");
    }

    @Test
    void wrong_times_and_zones_get_the_nearest() {
        BrainRun time = brain("candles binance BTCUSDT --from 2024/01/05");
        assertThat(time.code()).isEqualTo(2);
        assertThat(time.err()).startsWith("brain: --from '2024/01/05'").contains("did you mean '2024-01-05'?");
        BrainRun zone = brain("candles binance BTCUSDT --tz Europe/Berln");
        assertThat(zone.code()).isEqualTo(2);
        assertThat(zone.err()).contains("no time zone 'Europe/Berln'; did you mean 'Europe/Berlin'?");
    }

    @Test
    void progress_is_shown_only_on_a_terminal_that_the_result_does_not_go_to() {
        CommandContext pipe = context(false, Map.of());
        CommandContext terminal = context(false, Map.of("BRAIN_STDERR_TERMINAL", "1"));
        CommandContext both = context(true, Map.of("BRAIN_STDERR_TERMINAL", "1"));
        assertThat(pipe.showsProgress()).isFalse();
        assertThat(terminal.showsProgress()).isTrue();
        assertThat(both.showsProgress()).isFalse();
        String[] quiet = (String.join(" ", MONTH) + " --quiet").split(" ");
        assertThat(BrainRun.with(folder, false, Map.of("BRAIN_STDERR_TERMINAL", "1"), quiet)
                        .err())
                .isEmpty();
    }

    private CommandContext context(boolean terminal, Map<String, String> environment) {
        return new CommandContext(
                System.out, System.err, terminal, environment, folder, folder, InstantSource.system());
    }

    /** Fails when it has received a number of bytes, as a disk that is full does. */
    private static final class FullDisk extends OutputStream {
        private int left = 100_000;
        private int writesAfterwards;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (left < 0) {
                writesAfterwards++;
            }
            left -= length;
            if (left < 0) {
                throw new IOException("No space left on device");
            }
        }
    }

    @Test
    void output_that_cannot_be_written_ends_the_command_with_its_own_code() {
        var disk = new FullDisk();
        BrainRun run = BrainRun.into(disk, folder, false, Map.of(), MONTH);
        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err()).isEqualTo("brain: the output cannot be written: No space left on device\n");
        assertThat(disk.writesAfterwards).isZero();
    }
}
