package io.marketbrain.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.BillingPeriod;
import io.marketbrain.model.cost.CostModel;
import io.marketbrain.model.cost.Money;
import io.marketbrain.pipeline.budget.BudgetConfig;
import io.marketbrain.pipeline.budget.BudgetPolicy;
import io.marketbrain.pipeline.quality.QualityAction;
import io.marketbrain.pipeline.quality.QualityCheck;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import io.marketbrain.security.Secret;
import io.marketbrain.telemetry.log.LogLevel;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    private static final ProviderId BINANCE = new ProviderId("binance");

    @TempDir
    Path folder;

    private Path here;
    private Path home;
    private final Map<String, String> flags = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private Optional<Path> file = Optional.empty();

    @BeforeEach
    void folders() throws IOException {
        here = Files.createDirectory(folder.resolve("here"));
        home = Files.createDirectory(folder.resolve("home"));
    }

    private ConfigResult load() {
        var inputs = new ConfigInputs(
                flags, Map.of("server.port", "--port", "server.host", "--host"), environment, here, home, file);
        return ConfigLoader.load(inputs, Descriptors.builtIn());
    }

    private ConfigResult.Loaded loaded() {
        ConfigResult loading = load();
        assertThat(loading).isInstanceOf(ConfigResult.Loaded.class);
        return (ConfigResult.Loaded) loading;
    }

    private List<String> problems() {
        ConfigResult loading = load();
        assertThat(loading).isInstanceOf(ConfigResult.Refused.class);
        return ((ConfigResult.Refused) loading).problems();
    }

    private void env(String text) throws IOException {
        Files.writeString(here.resolve(".env"), text);
    }

    private void yaml(String text) throws IOException {
        Files.writeString(here.resolve("brain.yaml"), text);
    }

    private Origin originOf(String key) {
        return loaded().settings().stream()
                .filter(s -> s.setting().key().equals(key))
                .findFirst()
                .orElseThrow()
                .origin();
    }

    @Test
    void one_time_for_all_data_holds_for_every_kind_whose_own_time_is_not_set() {
        environment.put("CACHE_L1_TTL", "30s");
        environment.put("CACHE_BOOK_TTL", "3s");
        var kinds = loaded().config().cache().ttls().kinds();
        assertThat(kinds.quote()).isEqualTo(Duration.ofSeconds(30));
        assertThat(kinds.mock()).isEqualTo(Duration.ofSeconds(30));
        assertThat(kinds.news()).isEqualTo(Duration.ofSeconds(30));
        assertThat(kinds.book()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void nothing_configured_means_the_defaults() {
        GatewayConfig config = loaded().config();
        GatewayConfig defaults = GatewayConfig.defaults();
        assertThat(config.withServer(defaults.server())).isEqualTo(config);
        assertThat(config.orchestration()).isEqualTo(defaults.orchestration());
        assertThat(config.provider(BINANCE)).isEqualTo(defaults.provider(BINANCE));
        assertThat(loaded().hints()).isEmpty();
        assertThat(loaded().settings()).allMatch(s -> s.origin().kind() == Origin.Kind.DEFAULT);
    }

    @Test
    void the_calls_that_a_breaker_needs_are_at_most_those_that_it_judges_and_the_message_says_so() {
        environment.put("RESILIENCE_BREAKER_MINIMUM", "21");
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("RESILIENCE_BREAKER_MINIMUM is '21'", "and not above resilience.breaker.calls");
        environment.put("RESILIENCE_BREAKER_CALLS", "30");
        assertThat(loaded().config().resilience().breaker().minimum()).isEqualTo(21);
    }

    /** Every set of places where the port may stand: the strongest of them wins. */
    @Test
    void flags_win_over_the_environment_over_the_env_file_over_yaml_over_defaults() throws IOException {
        List<String> places = List.of("--port", "environment", ".env:1", "brain.yaml:2");
        for (int set = 0; set < 16; set++) {
            flags.clear();
            environment.clear();
            Files.deleteIfExists(here.resolve(".env"));
            Files.deleteIfExists(here.resolve("brain.yaml"));
            var there = new ArrayList<Integer>();
            if ((set & 1) != 0) {
                flags.put("server.port", "5000");
                there.add(0);
            }
            if ((set & 2) != 0) {
                environment.put("SERVER_PORT", "5001");
                there.add(1);
            }
            if ((set & 4) != 0) {
                env("SERVER_PORT=5002\n");
                there.add(2);
            }
            if ((set & 8) != 0) {
                yaml("server:\n  port: 5003\n");
                there.add(3);
            }
            int port = loaded().config().server().port();
            if (there.isEmpty()) {
                assertThat(port).isEqualTo(8000);
                assertThat(originOf("server.port")).isEqualTo(Origin.DEFAULT);
            } else {
                assertThat(port).as("set %d", set).isEqualTo(5000 + there.getFirst());
                assertThat(originOf("server.port").place()).isEqualTo(places.get(there.getFirst()));
            }
        }
    }

    @Test
    void an_empty_value_is_not_there_and_the_next_place_counts() throws IOException {
        environment.put("SERVER_PORT", "");
        env("SERVER_PORT=\n");
        yaml("server:\n  port: 9000\n");
        assertThat(loaded().config().server().port()).isEqualTo(9000);
    }

    @Test
    void files_beside_the_command_count_where_the_working_directory_has_none() throws IOException {
        Files.writeString(home.resolve(".env"), "SERVER_PORT=7001\n");
        Files.writeString(home.resolve("brain.yaml"), "server:\n  host: 0.0.0.0\n");
        assertThat(loaded().config().server().port()).isEqualTo(7001);
        assertThat(originOf("server.port").place()).isEqualTo(home.resolve(".env") + ":1");
        yaml("server:\n  host: 127.0.0.2\n");
        assertThat(loaded().config().server().host()).isEqualTo("127.0.0.2");
    }

    @Test
    void a_named_file_replaces_brain_yaml() throws IOException {
        yaml("server:\n  port: 1\n");
        file = Optional.of(Files.writeString(folder.resolve("other.yaml"), "server:\n  port: 2\n"));
        assertThat(loaded().config().server().port()).isEqualTo(2);
    }

    @Test
    void a_named_file_that_is_missing_stops_the_start() {
        file = Optional.of(here.resolve("missing.yaml"));
        assertThat(problems()).containsExactly("missing.yaml: does not exist");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port|99999|--port: server.port is '99999', but must be a whole number from 0 to 65535",
                "port|-1|--port: server.port is '-1', but must be a whole number from 0 to 65535",
                "port|http|--port: server.port is 'http', but must be a whole number from 0 to 65535",
            })
    void a_wrong_flag_stops_the_start(String flag, String value, String problem) {
        flags.put("server." + flag, value);
        assertThat(problems()).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SERVER_PORT|80 80|must be a whole number from 0 to 65535",
                "ORCHESTRATION_CREDENTIALS_RECHECK|0|must be a time from 1ms to 1d, such as 500ms, 2s, 5m or 1h",
                "ORCHESTRATION_CREDENTIALS_RECHECK|soon|must be a time from 1ms to 1d, such as 500ms, 2s, 5m or 1h",
                "LOG_LEVEL|VERBOSE|must be one of TRACE, DEBUG, INFO, WARNING (or WARN), ERROR, CRITICAL",
                "BINANCE_MODE|lives|must be one of auto, live, mock",
                "BINANCE_MODE|replay|replay.folder (REPLAY_FOLDER) is not set",
                "BINANCE_BASE_URL|localhost|must be an address such as https://api.example.com",
                "LIVE_PROVIDERS|binance,nowhere|must be a list, separated by commas, each one of alpaca",
            })
    void a_wrong_value_stops_the_start_wherever_it_stands(String name, String value, String allowed)
            throws IOException {
        environment.put(name, value);
        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("environment: " + name + " is '" + value + "', but ")
                        .contains(allowed));
        environment.clear();
        env("# note\n" + name + "=" + value + "\n");
        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith(".env:2: " + name + " is '" + value + "', but ")
                        .contains(allowed));
        env("");
        String key = ConfigLoader.catalogue(Descriptors.builtIn()).stream()
                .filter(s -> s.environmentName().equals(name))
                .findFirst()
                .orElseThrow()
                .key();
        yaml("# note\n\n" + key + ": \"" + value + "\"\n");
        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("brain.yaml:3: " + key + " is '" + value + "', but ")
                        .contains(allowed));
    }

    @Test
    void values_that_do_not_go_together_stop_the_start_and_those_that_were_set_are_named() throws IOException {
        env("LOG_LINE_LENGTH=65536\nLOG_QUEUE_BYTES=65536\n");
        assertThat(problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).startsWith(".env:"));
        assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains("LOG_QUEUE_BYTES is '65536': "));
    }

    @Test
    void all_problems_are_told_at_once() throws IOException {
        flags.put("server.port", "x");
        environment.put("BINANCE_MODE", "y");
        env("oops\n");
        yaml("server:\n  hots: z\n");
        assertThat(problems())
                .hasSize(4)
                .contains(
                        ".env:1: is not NAME=value",
                        "brain.yaml:2: server.hots is not a setting; did you mean server.host?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.prot: 1|brain.yaml:1: server.prot is not a setting; did you mean server.port?",
                "port: 1|brain.yaml:1: port is not a setting; did you mean server.port?",
                "server: 8000|brain.yaml:1: server is a section, not a setting; it holds server.host, server.port",
                "server.zzzzzzzzz: 1|brain.yaml:1: server.zzzzzzzzz is not a setting; server holds server.host, server.port",
                "providers.binanse.mode: live|brain.yaml:1: providers.binanse.mode is not a setting; did you mean providers.binance.mode?",
            })
    void an_unknown_key_stops_the_start_and_the_nearest_is_named(String text, String problem) throws IOException {
        yaml(text + "\n");
        assertThat(problems())
                .singleElement()
                .satisfies(found -> assertThat(found).startsWith(problem));
    }

    @Test
    void a_key_unlike_any_other_is_told_the_sections() throws IOException {
        yaml("zzzzzzzzzz: 1\n");
        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("brain.yaml:1: zzzzzzzzzz is not a setting; the sections are ")
                        .contains("server", "providers"));
    }

    @Test
    void an_unknown_flag_setting_stops_the_start() {
        flags.put("server.prot", "1");
        assertThat(problems()).containsExactly("--set server.prot: is not a setting; did you mean server.port?");
    }

    @Test
    void unknown_names_elsewhere_are_other_peoples_and_near_misses_are_hinted_at() throws IOException {
        environment.put("EDITOR", "vi");
        environment.put("BINANCE_APIKEY", "topsecret");
        env("DATABASE_URL=x\nBINANCE_API_SECRT=topsecret\n");
        assertThat(loaded().hints())
                .containsExactlyInAnyOrder(
                        "environment: BINANCE_APIKEY is not a setting and ignored; did you mean BINANCE_API_KEY?",
                        ".env:2: BINANCE_API_SECRT is not a setting and ignored; did you mean BINANCE_API_SECRET?");
    }

    @Test
    void a_hint_names_the_nearest_setting() throws IOException {
        env("server_port=1\nSERVER_PROT=1\nCACHE_L1_TTI=1\n");
        assertThat(loaded().hints())
                .containsExactlyInAnyOrder(
                        ".env:1: server_port is not a setting and ignored; did you mean SERVER_PORT?",
                        ".env:2: SERVER_PROT is not a setting and ignored; did you mean SERVER_PORT?",
                        ".env:3: CACHE_L1_TTI is not a setting and ignored; did you mean CACHE_L1_TTL?");
    }

    @Test
    void brain_yml_is_not_read_and_said_so() throws IOException {
        Files.writeString(here.resolve("brain.yml"), "server:\n  port: 1\n");
        assertThat(loaded().config().server().port()).isEqualTo(8000);
        assertThat(loaded().hints()).containsExactly("brain.yml: is not read; call it brain.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "your_key", "YOUR_API_KEY", "changeme", "  "})
    void placeholders_for_credentials_count_as_missing(String text) throws IOException {
        environment.put("BINANCE_API_KEY", text);
        assertThat(loaded().config().provider(BINANCE).key()).isEmpty();
        env("BINANCE_API_KEY=real\n");
        assertThat(loaded().config().provider(BINANCE).key()).isEqualTo(Secret.of("real"));
    }

    @ParameterizedTest
    @CsvSource({"warning, WARN", "CRITICAL, ERROR", "debug, DEBUG"})
    void the_log_level_is_understood_under_every_name_it_had(String name, LogLevel level) throws IOException {
        env("LOG_LEVEL=" + name + "\n");
        assertThat(loaded().config().log().level()).isEqualTo(level);
    }

    @Test
    void limits_of_the_log_that_do_not_fit_together_stop_the_start() {
        environment.put("LOG_QUEUE_BYTES", "32KiB");
        environment.put("LOG_LINE_LENGTH", "16384");
        assertThat(problems())
                .contains("environment: LOG_QUEUE_BYTES is '32KiB': log.queue_bytes is 32768, but must be from 2048 to"
                        + " 268435456 and at least four times log.line_length");
    }

    @Test
    void a_provider_is_configured_by_its_own_names() throws IOException {
        environment.put("BINANCE_API_KEY", "k");
        environment.put("BINANCE_API_SECRET", "s");
        environment.put("BINANCE_MODE", "LIVE");
        env("BINANCE_BASE_URL=http://127.0.0.1:9999\n");
        var config = loaded().config().provider(BINANCE);
        assertThat(config.mode()).isEqualTo(WantedMode.LIVE);
        assertThat(config.key()).isEqualTo(Secret.of("k"));
        assertThat(config.secret()).isEqualTo(Secret.of("s"));
        assertThat(config.baseUrl()).contains(URI.create("http://127.0.0.1:9999"));
    }

    @Test
    void live_providers_are_live_unless_their_own_mode_says_otherwise() throws IOException {
        environment.put("LIVE_PROVIDERS", "Binance");
        assertThat(loaded().config().provider(BINANCE).mode()).isEqualTo(WantedMode.LIVE);
        environment.put("BINANCE_MODE", "mock");
        assertThat(loaded().config().provider(BINANCE).mode()).isEqualTo(WantedMode.MOCK);
        environment.clear();
        yaml("live_providers:\n  - binance\n");
        assertThat(loaded().config().provider(BINANCE).mode()).isEqualTo(WantedMode.LIVE);
    }

    @Test
    void secrets_are_shown_nowhere() throws IOException {
        environment.put("BINANCE_API_KEY", "topsecret1");
        env("BINANCE_API_SECRET=topsecret2\n");
        yaml("providers:\n  binance:\n    base_url: http://user:topsecret3@host\n");
        ConfigResult loading = load();
        assertThat(loading.toString()).doesNotContain("topsecret").contains("********@host");
        yaml("");
        assertThat(load().toString()).doesNotContain("topsecret");
        assertThat(loaded().settings())
                .filteredOn(s -> s.setting().secret() && s.origin().kind() != Origin.Kind.DEFAULT)
                .hasSize(2)
                .allMatch(s -> s.value().equals("********"));
    }

    @Test
    void proxies_are_read_under_either_spelling_and_never_shown() throws IOException {
        environment.put("https_proxy", "http://user:topsecret4@proxy:3128");
        environment.put("no_proxy", "example.com,.corp");
        assertThat(load().toString()).doesNotContain("topsecret");
        var proxies = loaded().config().transport().proxies();
        assertThat(proxies.https().orElseThrow().place()).isEqualTo("proxy:3128");
        assertThat(proxies.bypass()).containsExactly("example.com", ".corp");
        environment.put("HTTPS_PROXY", "socks5://user:topsecret5@proxy:1");
        assertThat(load().toString()).contains("HTTP proxy").doesNotContain("topsecret");
    }

    @Test
    void a_byte_order_mark_and_utf_16_are_understood() throws IOException {
        env("\uFEFFSERVER_PORT=7001\r\n");
        assertThat(loaded().config().server().port()).isEqualTo(7001);
        Files.write(here.resolve(".env"), "SERVER_PORT=7002\r\n".getBytes(StandardCharsets.UTF_16));
        assertThat(loaded().config().server().port()).isEqualTo(7002);
    }

    @Test
    void a_file_that_is_not_text_stops_the_start() throws IOException {
        Files.write(here.resolve(".env"), new byte[] {(byte) 0xC3, 0x28});
        assertThat(problems()).containsExactly(".env: is not text in UTF-8 (line 1)");
    }

    @Test
    void a_huge_file_stops_the_start() throws IOException {
        yaml("# " + "x".repeat(1024 * 1024));
        assertThat(problems()).containsExactly("brain.yaml: is larger than 1 MiB");
    }

    @Test
    void a_folder_called_env_is_somebody_elses() throws IOException {
        Files.createDirectory(here.resolve(".env"));
        assertThat(loaded().config().server().port()).isEqualTo(8000);
        Files.createDirectory(here.resolve("brain.yaml"));
        assertThat(problems()).containsExactly("brain.yaml: is a folder, not a file");
    }

    @Test
    void relative_paths_begin_at_the_home_wherever_the_command_is_given() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path home = Files.createDirectories(folder.resolve("home"));
        var inputs = new ConfigInputs(
                Map.of("log.file", "errors/log"), Map.of(), Map.of(), elsewhere, home, Optional.empty());
        var config = ((ConfigResult.Loaded) ConfigLoader.load(inputs, Descriptors.builtIn())).config();
        assertThat(config.state()).hasValue(home.resolve("state"));
        assertThat(config.log().file()).isEqualTo(home.resolve("errors/log"));
    }

    @Test
    void a_plan_of_ones_own_replaces_prices_and_bill_and_gives_budgets_their_calendar() throws IOException {
        yaml("""
                costs:
                  binance: 0.5
                billing:
                  binance:
                    record: 0.001
                    free_calls: 25
                    per: day
                    zone: America/New_York
                budgets:
                  of-binance:
                    limit: 10
                    provider: binance
                  all:
                    limit: 100
                """);
        environment.put("BILLING_BINANCE_WEIGHT", "0.25");
        BudgetConfig budgets = loaded().config().budgets();
        var binance = new ProviderId("binance");
        CostModel costs = budgets.costs(binance, CostModel.FREE);
        assertThat(costs.byOperation().get(Operation.BOOK))
                .isEqualTo(new CostModel.Cost(Money.of("0.5"), Money.of("0.001"), Money.of("0.25")));
        assertThat(costs.billing()).isEqualTo(new BillingPeriod(25, ChronoUnit.DAYS, ZoneId.of("America/New_York")));
        assertThat(budgets.costs(new ProviderId("kraken"), CostModel.FREE)).isEqualTo(CostModel.FREE);
        assertThat(budgets.policies()).anySatisfy(policy -> {
            assertThat(policy.name()).isEqualTo("of-binance");
            assertThat(policy.per()).isEqualTo(BudgetPolicy.Period.DAY);
            assertThat(policy.zone()).isEqualTo(ZoneId.of("America/New_York"));
        });
        assertThat(budgets.policies()).anySatisfy(policy -> {
            assertThat(policy.name()).isEqualTo("all");
            assertThat(policy.per()).isEqualTo(BudgetPolicy.Period.MONTH);
            assertThat(policy.zone()).isEqualTo(ZoneOffset.UTC);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h/?apikey=plantedKey77",
                "http://h?k=plantedKey77",
                "ftp://h/plantedKey77planted",
                "http://u:plantedKey77@h/"
            })
    void a_refused_address_is_shown_without_the_key_in_it(String address) {
        environment.put("BINANCE_BASE_URL", address);
        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("environment: BINANCE_BASE_URL is '")
                        .contains("********")
                        .doesNotContain("plantedKey77"));
    }

    @Test
    void a_key_in_the_path_of_an_address_is_not_shown_and_is_a_known_secret() {
        environment.put("BINANCE_BASE_URL", "https://proxy.example.com/v2/plantedKey77planted");
        assertThat(loaded().settings())
                .extracting(EffectiveSetting::value)
                .contains("https://proxy.example.com/v2/********")
                .noneMatch(value -> value.contains("plantedKey77"));
        assertThat(loaded().config().secrets()).extracting(Secret::reveal).containsExactly("plantedKey77planted");
    }

    @Test
    void the_name_of_a_provider_in_the_path_of_an_address_is_no_secret() {
        environment.put("ALPHAVANTAGE_BASE_URL", "https://proxy.example.com/alphavantage");
        assertThat(loaded().config().secrets()).isEmpty();
    }

    @Test
    void an_old_name_still_works_and_a_hint_names_the_present_one() throws IOException {
        env("QOS_PATIENCE=3s\n");
        yaml("warming:\n  most: 7\n");
        flags.put("resilience.timeout.longest", "20s");
        environment.put("SERVER_MAX_HELD", "8MiB");
        ConfigResult.Loaded loaded = loaded();
        assertThat(loaded.config().qos().queueTimeout()).hasSeconds(3);
        assertThat(loaded.config().warming().most()).isEqualTo(7);
        assertThat(loaded.config().resilience().timeout().longest()).hasSeconds(20);
        assertThat(loaded.config().server().limits().maxHeld()).isEqualTo(8 << 20);
        assertThat(loaded.hints())
                .containsExactlyInAnyOrder(
                        ".env:1: QOS_PATIENCE is the old name of QOS_QUEUE_TIMEOUT and still works; rename it",
                        "brain.yaml:2: warming.most is the old name of warming.queue and still works; rename it",
                        "--set resilience.timeout.longest: resilience.timeout.longest is the old name of"
                                + " resilience.timeout.max and still works; rename it",
                        "environment: SERVER_MAX_HELD is the old name of SERVER_MAX_BUFFERED and still works; rename it");
        assertThat(originOf("qos.queue_timeout").name()).isEqualTo("QOS_PATIENCE");
    }

    @Test
    void of_both_names_in_one_place_the_present_one_counts_and_the_stronger_place_wins() throws IOException {
        env("QOS_PATIENCE=3s\nQOS_QUEUE_TIMEOUT=4s\n");
        assertThat(loaded().config().qos().queueTimeout()).hasSeconds(4);
        assertThat(loaded().hints())
                .containsExactly(".env:1: QOS_PATIENCE is the old name of QOS_QUEUE_TIMEOUT and ignored, because that"
                        + " is set too; remove it");
        environment.put("QOS_PATIENCE", "5s");
        assertThat(loaded().config().qos().queueTimeout()).hasSeconds(5);
    }

    @Test
    void a_wrong_value_under_an_old_name_is_told_under_the_name_that_stands_there() throws IOException {
        env("QOS_PATIENCE=2h\n");
        assertThat(problems())
                .containsExactly(".env:1: QOS_PATIENCE is '2h', but must be a time from 0s to 1m, such as 500ms, 2s, 5m"
                        + " or 1h");
    }

    @Test
    void every_renamed_setting_exists_and_no_old_name_is_a_setting() {
        List<String> keys = CatalogueTest.CATALOGUE.stream().map(Setting::key).toList();
        assertThat(keys).containsAll(RenamedSettings.OLD_KEYS.keySet());
        assertThat(keys).doesNotContainAnyElementsOf(RenamedSettings.OLD_KEYS.values());
    }

    @Test
    void a_limit_that_depends_on_another_names_both() throws IOException {
        env("RESILIENCE_BREAKER_MINIMUM=50\n");
        assertThat(problems())
                .containsExactly(
                        ".env:1: RESILIENCE_BREAKER_MINIMUM is '50': resilience.breaker.minimum is 50, but must"
                                + " be from 1 to 1000 and not above resilience.breaker.calls");
        env("RESILIENCE_BREAKER_MINIMUM=50\nRESILIENCE_BREAKER_CALLS=50\n");
        assertThat(loaded().config().resilience().breaker().minimum()).isEqualTo(50);
    }

    @Test
    void the_quality_checks_of_one_provider_differ_from_the_general_ones() {
        environment.put("QUALITY_CHECKS", "stale_feed=off, crossed_quote=refuse");
        environment.put("BINANCE_QUALITY_CHECKS", "STALE_FEED=flag");
        var quality = loaded().config().quality();
        assertThat(quality.actions())
                .containsEntry(QualityCheck.STALE_FEED, QualityAction.OFF)
                .containsEntry(QualityCheck.CROSSED_QUOTE, QualityAction.REFUSE);
        assertThat(quality.providers().get(BINANCE).actions())
                .containsEntry(QualityCheck.STALE_FEED, QualityAction.FLAG);
    }

    @Test
    void the_quality_checks_of_one_kind_of_data_differ_from_the_general_ones() {
        environment.put("QUALITY_CHECKS", "candles.stale_feed=off, crossed_quote=refuse");
        environment.put("BINANCE_QUALITY_CHECKS", "Book.Crossed_Book=refuse");
        var quality = loaded().config().quality();
        assertThat(quality.actions()).containsExactly(Map.entry(QualityCheck.CROSSED_QUOTE, QualityAction.REFUSE));
        assertThat(quality.kinds().get(Operation.CANDLES)).containsEntry(QualityCheck.STALE_FEED, QualityAction.OFF);
        assertThat(quality.providers().get(BINANCE).kinds().get(Operation.BOOK))
                .containsEntry(QualityCheck.CROSSED_BOOK, QualityAction.REFUSE);
    }

    @Test
    void an_unknown_kind_of_data_in_a_quality_check_is_answered_with_the_kinds() {
        environment.put("QUALITY_CHECKS", "candels.stale_feed=off");
        assertThat(problems()).singleElement().asString().contains("the kinds are quote, candles, book");
    }

    @Test
    void an_unknown_quality_check_is_answered_with_the_nearest_name() {
        environment.put("QUALITY_CHECKS", "crossed_quotes=off");
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("QUALITY_CHECKS")
                .contains("did you mean crossed_quote?");
        environment.put("QUALITY_CHECKS", "crossed_quote=ignore");
        assertThat(problems()).singleElement().asString().contains("an action of refuse, flag, off");
    }
}
