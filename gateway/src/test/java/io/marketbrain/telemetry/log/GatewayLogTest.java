package io.marketbrain.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.marketbrain.model.CallId;
import io.marketbrain.telemetry.CurrentCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayLogTest {

    private static final String SECRET = "planted-secret-4711";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.006Z"));

    @TempDir
    Path folder;

    private final FakeTerminal terminal = new FakeTerminal();
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("io.marketbrain.pipeline.cache.CacheLayer");
    private final List<GatewayLog> started = new ArrayList<>();

    @AfterEach
    void closeAll() {
        terminal.unblock();
        started.forEach(GatewayLog::close);
    }

    @Test
    void every_level_goes_to_the_terminal_and_errors_to_the_file_as_well() throws IOException {
        GatewayLog log = start(settings().level(LogLevel.TRACE));

        logger.trace("one");
        logger.debug("two");
        logger.info("three");
        logger.warn("four");
        logger.error("five");
        log.close();

        assertThat(terminal.lines())
                .extracting(GatewayLogTest::afterTime)
                .containsExactly(
                        "TRACE CacheLayer [-] one",
                        "DEBUG CacheLayer [-] two",
                        "INFO  CacheLayer [-] three",
                        "WARN  CacheLayer [-] four",
                        "ERROR CacheLayer [-] five");
        assertThat(Files.readAllLines(file()))
                .extracting(GatewayLogTest::afterTime)
                .containsExactly("ERROR CacheLayer [-] five");
        assertThat(log.counts().terminal().written()).isEqualTo(5);
        assertThat(log.counts().file().written()).isEqualTo(1);
        assertThat(log.counts().dropped()).isZero();
    }

    @Test
    void lines_below_the_level_are_not_emitted() {
        GatewayLog log = start(settings().level(LogLevel.WARN));

        logger.info("mild");
        logger.warn("grave");
        log.close();

        assertThat(terminal.lines()).hasSize(1).first().asString().endsWith("grave");
        assertThat(log.counts().terminal().emitted()).isEqualTo(1);
    }

    @Test
    void neither_file_nor_folder_exists_before_the_first_error() {
        GatewayLog log = start(settings());

        logger.info("all is well");
        logger.warn("nearly");
        log.close();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_line_carries_time_level_short_name_and_the_call_id_of_the_thread() {
        GatewayLog log = start(settings());

        during("c-81f3", () -> logger.info("answered {} in {}", "BTCUSDT", 12));
        log.close();

        assertThat(terminal.lines())
                .singleElement()
                .asString()
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  CacheLayer \\[c-81f3] answered BTCUSDT in 12");
    }

    @Test
    void a_call_id_on_the_event_wins_and_other_pairs_follow_the_message() {
        GatewayLog log = start(settings());

        during(
                "thread",
                () -> logger.atInfo()
                        .addKeyValue(GatewayLog.CALL_ID, "event")
                        .addKeyValue("age", 7)
                        .log("stale"));
        log.close();

        assertThat(terminal.lines()).singleElement().asString().endsWith("[event] stale age=7");
    }

    @Test
    void input_cannot_forge_a_log_line() {
        GatewayLog log = start(settings());
        logger.atInfo()
                .addKeyValue(GatewayLog.CALL_ID, "id\n2026 ERROR Fake [-] call")
                .log("name={}", "x\r\n2026-01-01T00:00:00.000Z ERROR Fake [-] forged");
        logger.error("failed", new IllegalStateException("bad\n2026-01-01T00:00:00.000Z ERROR Fake [-] forged"));
        log.close();

        assertThat(terminal.lines())
                .filteredOn(line -> !line.startsWith("    "))
                .hasSize(2)
                .element(0)
                .asString()
                .contains("[id\\n2026 ERROR Fake [-] call] name=x\\r\\n2026");
    }

    @Test
    void planted_secrets_reach_no_sink() throws IOException {
        GatewayLog log = start(settings());
        Exception cause = new IOException("cause " + SECRET);
        cause.addSuppressed(new IOException("suppressed " + SECRET));

        logger.info("plain " + SECRET);
        logger.info("argument {}", SECRET);
        logger.atInfo().addKeyValue("pair", SECRET).log("pair");
        logger.atInfo().addKeyValue(GatewayLog.CALL_ID, SECRET).log("call");
        logger.error("thrown", new IllegalStateException("message " + SECRET, cause));
        logger.error("long " + "x".repeat(8000) + SECRET);
        log.close();

        assertThat(String.join("\n", terminal.lines())).contains("***").doesNotContain("secret-4711");
        assertThat(Files.readString(file())).contains("***").doesNotContain("secret-4711");
    }

    @Test
    void a_frozen_terminal_does_not_hold_up_the_file() throws Exception {
        GatewayLog log = start(settings());
        terminal.block();
        logger.info("stuck");
        terminal.awaitWrite();

        logger.error("recorded");

        Eventually.until("the error is in the file", () -> log.counts().file().written() == 1);
        assertThat(Files.readString(file())).contains("recorded");
        assertThat(log.counts().terminal().written()).isZero();
    }

    @Test
    void a_failing_file_is_reported_once_on_the_terminal_and_announces_its_drops_after_recovery() throws Exception {
        Path notFolder = Files.writeString(folder.resolve("logs"), "in the way");
        GatewayLog log = start(settings());
        logger.error("first");
        logger.error("second");
        Eventually.until("both have failed", () -> log.counts().file().dropped() == 2);

        Files.delete(notFolder);
        logger.error("third");
        Eventually.until("the file has caught up", () -> lines(file()) == 2);
        log.close();

        assertThat(Files.readAllLines(file()))
                .extracting(GatewayLogTest::afterTime)
                .containsExactly("ERROR CacheLayer [-] third", "WARN  Log [-] 2 lines were dropped here (ERROR 2)");
        assertThat(terminal.lines())
                .filteredOn(line -> line.contains(" Log [-] "))
                .hasSize(2)
                .satisfies(
                        line -> assertThat(line)
                                .contains("cannot write ")
                                .contains("critical_errors.log; errors are shown on the terminal only"),
                        atIndex(0))
                .satisfies(line -> assertThat(line).endsWith("critical_errors.log can be written again"), atIndex(1));
        assertThat(log.counts().file().levels()).containsEntry(LogLevel.ERROR, new LogCounts.OfLevel(3, 1, 2));
        assertThat(log.counts().terminal().dropped()).isZero();
    }

    @Test
    void drops_are_counted_by_level_and_announced_on_recovery() throws Exception {
        GatewayLog log = start(settings().queueLines(10));
        terminal.block();
        logger.info("stuck");
        terminal.awaitWrite();
        for (int i = 0; i < 9; i++) {
            logger.info("queued {}", i);
        }
        for (int i = 0; i < 20; i++) {
            logger.info("lost");
        }
        logger.warn("lost too");
        assertThat(log.counts().terminal().queued()).isEqualTo(10);

        terminal.unblock();
        Eventually.until("the announcement shows", () -> terminal.lines().size() == 11);
        logger.info("later");
        log.close();

        assertThat(terminal.lines())
                .extracting(GatewayLogTest::afterTime)
                .startsWith("INFO  CacheLayer [-] stuck", "INFO  CacheLayer [-] queued 0")
                .endsWith(
                        "INFO  CacheLayer [-] queued 8",
                        "WARN  Log [-] 21 lines were dropped here (INFO 20, WARN 1)",
                        "INFO  CacheLayer [-] later");
        assertThat(terminal.lines().get(10)).startsWith("2026-01-02T03:04:05.006Z");
        assertThat(log.counts().terminal().levels())
                .containsEntry(LogLevel.INFO, new LogCounts.OfLevel(31, 11, 20))
                .containsEntry(LogLevel.WARN, new LogCounts.OfLevel(1, 0, 1));
    }

    @Test
    void closing_drops_and_counts_the_lines_of_a_frozen_terminal() throws Exception {
        GatewayLog log = start(settings().queueLines(10).drainTime(Duration.ofMillis(50)));
        terminal.block();
        for (int i = 0; i < 25; i++) {
            logger.info("line");
        }
        terminal.awaitWrite();

        log.close();

        LogCounts.OfSink counts = log.counts().terminal();
        assertThat(counts.emitted()).isEqualTo(25);
        assertThat(counts.written()).isZero();
        assertThat(counts.dropped()).isEqualTo(25);
        terminal.unblock();
        logger.info("after the end");
        Eventually.until("the sink let go of its line", () -> !terminal.lines().isEmpty());
        assertThat(log.counts().terminal()).isEqualTo(counts);
    }

    @Test
    void closing_twice_has_no_effect() {
        GatewayLog log = start(settings());
        logger.info("line");

        log.close();
        LogCounts first = log.counts();
        log.close();

        assertThat(log.counts()).isEqualTo(first);
        assertThat(terminal.lines()).hasSize(1);
    }

    @Test
    void a_failing_terminal_loses_only_its_own_lines_and_never_joins_two_lines() throws Exception {
        GatewayLog log = start(settings());
        terminal.breakDown();
        logger.info("lost one");
        logger.info("lost two");
        Eventually.until("both have failed", () -> log.counts().terminal().dropped() == 2);

        terminal.repair();
        logger.info("back");
        log.close();

        assertThat(terminal.lines())
                .hasSize(4)
                .startsWith("2", "2")
                .extracting(line -> line.substring(line.indexOf("] ") + 2))
                .endsWith("back", "2 lines were dropped here (INFO 2)");
        assertThat(log.counts().terminal().written()).isEqualTo(1);
    }

    @Test
    void a_terminal_that_takes_lines_in_pieces_gets_them_whole() {
        terminal.takeInPieces(3);
        GatewayLog log = start(settings());

        logger.info("in pieces");
        log.close();

        assertThat(terminal.lines()).singleElement().asString().endsWith("in pieces");
    }

    @Test
    void long_lines_fill_the_bytes_of_a_queue_before_its_places() throws Exception {
        GatewayLog log = start(settings().lineLength(1024).queueBytes(4096));
        terminal.block();
        logger.info("stuck");
        terminal.awaitWrite();

        for (int i = 0; i < 100; i++) {
            logger.info("x".repeat(100_000));
        }

        assertThat(log.counts().terminal().queued()).isBetween(4L, 6L);
        terminal.unblock();
        log.close();
        assertThat(terminal.lines()).allMatch(line -> line.length() <= 1024);
        assertThat(terminal.lines()).element(1).asString().endsWith("x... [cut: 100000 characters]");
    }

    @Test
    void a_stack_trace_is_shown_bounded() {
        GatewayLog log = start(settings().stackFrames(5));

        logger.error("failed", new IllegalStateException("outer", new IOException("inner")));
        log.close();

        assertThat(terminal.lines())
                .filteredOn(line -> line.startsWith("        at "))
                .hasSize(5);
        assertThat(terminal.lines())
                .contains("    java.lang.IllegalStateException: outer", "    caused by java.io.IOException: inner")
                .anyMatch(line -> line.matches(" {8}\\.\\.\\. \\d+ more"));
    }

    @Test
    void a_stack_trace_never_makes_a_line_longer_than_its_limit() throws IOException {
        GatewayLog log = start(settings().lineLength(2048).stackFrames(1000));
        Throwable chain = new IllegalStateException("root " + "m".repeat(5000));
        for (int i = 0; i < 30; i++) {
            chain = new IllegalStateException("cause " + i, chain);
        }

        logger.error("y".repeat(5000), chain);
        log.close();

        assertThat(Files.size(file())).isLessThanOrEqualTo(2048);
        assertThat(Files.readString(file()))
                .endsWith("... [stack trace cut]\n")
                .contains("    java.lang.IllegalStateException: cause 29");
    }

    @Test
    void an_argument_that_logs_while_it_is_rendered_is_logged_and_counted_too() {
        GatewayLog log = start(settings());
        Object talkative = new Object() {
            @Override
            public String toString() {
                logger.info("inside");
                return "value";
            }
        };

        logger.info("outside {}", talkative);
        log.close();

        assertThat(terminal.lines())
                .extracting(line -> line.substring(line.indexOf("] ") + 2))
                .containsExactly("inside", "outside value");
        assertThat(log.counts().terminal().written()).isEqualTo(2);
    }

    @Test
    void an_argument_that_cannot_be_rendered_does_not_use_up_the_queue() {
        GatewayLog log = start(settings().queueLines(1));
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no words");
            }
        };

        logger.atInfo().addKeyValue("pair", broken).log("first");
        logger.info("second");
        log.close();

        LogCounts.OfSink counts = log.counts().terminal();
        assertThat(counts.emitted()).isEqualTo(2);
        assertThat(counts.written() + counts.dropped()).isEqualTo(2);
        assertThat(terminal.lines()).anyMatch(line -> line.endsWith("second"));
    }

    @Test
    void many_threads_lose_no_line_from_the_count() throws Exception {
        GatewayLog log = start(settings().queueLines(50));
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 16; w++) {
            writers.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 2000; i++) {
                    logger.info("line {}", i);
                }
            }));
        }
        LogCounts.OfSink midway = log.counts().terminal();
        for (Thread writer : writers) {
            writer.join();
        }
        log.close();

        LogCounts.OfSink counts = log.counts().terminal();
        assertThat(midway.queued()).isBetween(0L, 50L + 16L);
        assertThat(counts.emitted()).isEqualTo(32_000);
        assertThat(counts.queued()).isZero();
        assertThat(terminal.lines().stream().filter(line -> line.contains("CacheLayer")))
                .hasSize((int) counts.written());
        assertThat(announced(terminal.lines())).isEqualTo(counts.dropped());
    }

    private static long lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long announced(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains(" dropped here ("))
                .map(GatewayLogTest::afterTime)
                .mapToLong(line -> Long.parseLong(line.substring("WARN  Log [-] ".length(), line.indexOf(" line"))))
                .sum();
    }

    private static void during(String call, Runnable work) {
        assertThat(CurrentCall.during(new CallId(call), () -> {
                    work.run();
                    return "done";
                }))
                .isEqualTo("done");
    }

    private LogSettings settings() {
        return LogSettings.defaults().file(file()).drainTime(Duration.ofSeconds(10));
    }

    private Path file() {
        return folder.resolve("logs").resolve("critical_errors.log");
    }

    private GatewayLog start(LogSettings settings) {
        GatewayLog log = GatewayLog.start(settings.config(), t -> t.replace(SECRET, "***"), CLOCK, context, terminal);
        started.add(log);
        return log;
    }

    private static String afterTime(String line) {
        return line.substring(line.indexOf('Z') + 2);
    }
}
