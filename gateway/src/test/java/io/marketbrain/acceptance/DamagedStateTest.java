package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.marketbrain.api.ContractClient;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.security.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file that the gateway writes, damaged in every way: the gateway serves on, and assumes the worst. */
class DamagedStateTest {
    private static final String QUOTES = "/api/v3/ticker/24hr";
    private static final String QUOTE = "/api/v1/data/binance/AAA/USDT?mock_when_down=false&timeout=2";
    private static final String BODY = """
            {"symbol":"AAAUSDT","lastPrice":"1.0","bidPrice":"1.0","bidQty":"1.0","askPrice":"1.1","askQty":"2.0",
             "openPrice":"1.0","highPrice":"1.0","lowPrice":"1.0","volume":"1.0","quoteVolume":"1.0",
             "openTime":1700000000000,"closeTime":1700086400000,"firstId":1,"lastId":2,"count":2}""";

    /** Damage that leaves a SQLite database intact: bytes after its last page, and one in an unused part of a page. */
    private static final Set<FileDamage> INTACT = Set.of(FileDamage.FIFTY_MEGABYTES, FileDamage.INVALID_UTF_8);

    @TempDir
    Path folder;

    private final PlaybackServer upstream = PlaybackServer.start();

    @BeforeEach
    void serveQuotes() {
        upstream.on(QUOTES, PlaybackServer.json(BODY));
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private TestGateway start() {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> TestGateway.with(
                        folder,
                        "BINANCE_MODE",
                        "live",
                        "BINANCE_BASE_URL",
                        upstream.url().toString(),
                        "CACHE_ENABLED",
                        "false",
                        "costs.binance",
                        "1",
                        "budgets.month.limit",
                        "10"));
    }

    private Path state(String name) {
        return folder.resolve("state").resolve(name);
    }

    /** State as an earlier gateway left it, with one call made. */
    private void leaveState() throws IOException {
        try (TestGateway gateway = start()) {
            assertThat(gateway.get(QUOTE).status()).isEqualTo(200);
        }
        Files.writeString(state("retry-after"), "binance 2026-01-01T00:00:00Z\nkraken 2026-01-01T00:00:00Z\n");
        upstream.forget();
    }

    private static String health(TestGateway gateway) {
        return gateway.get("/health").text();
    }

    static Stream<Arguments> stateFiles() throws IOException {
        List<FileDamage> all = FileDamage.possible().toList();
        return Stream.of("quota-binance", "retry-after", "budgets.db")
                .flatMap(file -> all.stream()
                        .filter(damage -> !file.equals("budgets.db") || !INTACT.contains(damage))
                        .map(damage -> Arguments.of(file, damage)));
    }

    @ParameterizedTest
    @MethodSource("stateFiles")
    void a_damaged_state_file_never_leads_to_a_call_or_to_a_500(String name, FileDamage damage) throws Exception {
        leaveState();
        damage.apply(state(name));
        try (TestGateway gateway = start()) {
            for (int i = 0; i < 2; i++) {
                ContractClient.Answer answer = gateway.get(QUOTE);
                assertThat(answer.status()).as(answer.text()).isIn(429, 503);
            }
            assertThat(upstream.asked(QUOTES)).isEmpty();
            assertThat(gateway.get("/metrics").text())
                    .containsPattern("marketbrain_file_problems_total\\{file=\"" + name + "\"} [1-9]");
            if (name.equals("budgets.db")) {
                assertThat(health(gateway)).contains("budgets.db ", "calls that cost money are rejected");
                assertThat(gateway.get(QUOTE).text()).contains("/problems/budget-exhausted");
                assertThat(gateway.get("/api/v1/budget").text()).contains("\"unknown\"");
            } else {
                try (Stream<Path> files = Files.list(folder.resolve("state"))) {
                    assertThat(files.map(file -> file.getFileName().toString()))
                            .anyMatch(file -> file.startsWith(name + ".damaged-"));
                }
            }
        }
        if (!name.equals("budgets.db")) {
            assertThat(Files.isRegularFile(state(name), LinkOption.NOFOLLOW_LINKS))
                    .isTrue();
            try (TestGateway gateway = start()) {
                assertThat(gateway.get(QUOTE).status()).as("after a restart").isIn(429, 503);
                assertThat(upstream.asked(QUOTES)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("damage")
    void a_key_file_that_breaks_while_running_keeps_the_last_valid_keys(FileDamage damage) throws Exception {
        var ring = new KeyRing(state("keys"));
        String alice = ring.create("alice", false, Instant.EPOCH, new SecureRandom());
        byte[] good = Files.readAllBytes(state("keys"));
        try (TestGateway gateway = start()) {
            assertThat(gateway.get(QUOTE, "X-API-Key", alice).status()).isEqualTo(200);
            damage.apply(state("keys"));
            boolean noKeys = damage == FileDamage.EMPTY;
            for (int i = 0; i < 3; i++) {
                assertThat(gateway.get(QUOTE, "X-API-Key", alice).status()).isEqualTo(noKeys ? 401 : 200);
            }
            assertThat(gateway.get(QUOTE, "X-API-Key", "mib_unknown").status()).isEqualTo(401);
            if (!noKeys) {
                assertThat(health(gateway)).contains("\"degraded\"", "keys ", "the last valid keys stay in use");
            }
            FileDamage.restore(state("keys"), good);
            assertThat(gateway.get(QUOTE, "X-API-Key", alice).status()).isEqualTo(200);
            assertThat(health(gateway)).doesNotContain("the last valid keys");
        }
    }

    static Stream<FileDamage> damage() throws IOException {
        return FileDamage.possible();
    }

    @Test
    void a_missing_count_of_budgets_is_not_replaced_by_an_empty_one_until_the_operator_says_so() throws Exception {
        leaveState();
        Files.delete(state("budgets.db"));
        try (TestGateway gateway = start()) {
            assertThat(gateway.get(QUOTE).status()).isEqualTo(429);
            assertThat(health(gateway)).contains("budgets.db is missing");
        }
        Files.delete(state("budgets.db.started"));
        try (TestGateway gateway = start()) {
            assertThat(gateway.get(QUOTE).status()).isEqualTo(200);
            assertThat(health(gateway)).doesNotContain("budgets.db");
        }
        assertThat(upstream.asked(QUOTES)).hasSize(1);
    }

    @Test
    void an_empty_database_is_refused_even_if_nothing_was_counted_before() throws Exception {
        Files.createDirectory(folder.resolve("state"));
        Files.createFile(state("budgets.db"));
        try (TestGateway gateway = start()) {
            assertThat(health(gateway)).as("before the first call").contains("budgets.db is empty");
            assertThat(gateway.get(QUOTE).status()).isEqualTo(429);
        }
        assertThat(upstream.asked(QUOTES)).isEmpty();
        assertThat(state("budgets.db")).isEmptyFile();
    }

    private void sql(String... statements) throws SQLException {
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + state("budgets.db"));
                Statement statement = open.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "-9223372036854775808",
                "9223372036854775807",
                "9007199254740993",
                "'abc'",
                "'NaN'",
                "1e300",
                "0.5",
                "x'00'"
            })
    void an_impossible_amount_closes_the_budget_for_its_period(String amount) throws Exception {
        leaveState();
        sql("UPDATE used SET micros = " + amount);
        try (TestGateway gateway = start()) {
            ContractClient.Answer answer = gateway.get(QUOTE);
            assertThat(answer.status()).as(answer.text()).isEqualTo(429);
            assertThat(answer.text()).contains("closed until", "invalid amount");
            assertThat(gateway.get("/api/v1/budget").text()).contains("\"lost\"");
            assertThat(gateway.get("/metrics").text())
                    .containsPattern("marketbrain_file_problems_total\\{file=\"budgets.db\"} [1-9]");
        }
        assertThat(upstream.asked(QUOTES)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE used; DROP TABLE shared; CREATE TABLE other (a)",
                "DROP TABLE used; CREATE TABLE used (account TEXT, period TEXT, euros REAL)",
                "DROP TABLE used; CREATE VIEW used AS SELECT 1 AS account, 2 AS period, 3 AS micros",
                "DROP TABLE used"
            })
    void a_database_of_another_kind_is_refused(String change) throws Exception {
        leaveState();
        sql(change.split("; "));
        try (TestGateway gateway = start()) {
            assertThat(gateway.get(QUOTE).status()).isEqualTo(429);
            assertThat(health(gateway)).contains("budgets.db ", "calls that cost money are rejected");
        }
        assertThat(upstream.asked(QUOTES)).isEmpty();
    }

    @Test
    void a_database_with_a_broken_page_is_refused() throws Exception {
        leaveState();
        sql("PRAGMA journal_mode=DELETE");
        byte[] bytes = Files.readAllBytes(state("budgets.db"));
        for (int page = 1; page * 4096 < bytes.length; page++) {
            java.util.Arrays.fill(bytes, page * 4096, Math.min(bytes.length, page * 4096 + 200), (byte) 0x5a);
        }
        Files.write(state("budgets.db"), bytes);
        try (TestGateway gateway = start()) {
            assertThat(gateway.get(QUOTE).status()).isEqualTo(429);
            assertThat(health(gateway)).contains("budgets.db ", "calls that cost money are rejected");
        }
        assertThat(upstream.asked(QUOTES)).isEmpty();
    }

    @Test
    void callers_do_not_wait_in_a_row_for_a_database_that_another_process_keeps_locked() throws Exception {
        leaveState();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + state("budgets.db"));
                Statement statement = other.createStatement();
                TestGateway gateway = start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            statement.execute("BEGIN EXCLUSIVE");
            var answers = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 60; i++) {
                answers.add(threads.submit(() ->
                        gateway.get(QUOTE.replace("timeout=2", "timeout=20")).status()));
            }
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                for (Future<Integer> answer : answers) {
                    assertThat(answer.get()).isIn(429, 503);
                }
            });
            assertThat(health(gateway)).contains("budgets.db is locked by another process");
            statement.execute("ROLLBACK");
            assertThat(gateway.get(QUOTE).status()).isEqualTo(200);
            assertThat(health(gateway)).doesNotContain("locked");
        }
    }
}
