package io.marketbrain.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.config.ConfigInputs;
import io.marketbrain.config.ConfigLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.files.FileProblems;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.pipeline.budget.BudgetStore;
import io.marketbrain.pipeline.budget.Ledger;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.provider.registry.ProviderRegistry;
import io.marketbrain.provider.transport.HttpConnections;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Descriptors that are added, changed and removed while the gateway runs. */
class AddedProvidersTest {
    private static final ProviderId ACME = new ProviderId("acme");

    private final HttpConnections connections =
            new HttpConnections(GatewayConfig.defaults().transport());
    private final FileProblems files = new FileProblems(() -> 0);

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        connections.close();
    }

    /** A gateway's providers, with the settings and descriptors of the folder. */
    private final class Running {
        final GatewayConfig config;
        final ProviderRegistry registry;
        final ProviderWiring wiring;
        final AddedProviders added;

        Running(Map<String, String> environment) {
            var inputs = new ConfigInputs(Map.of(), Map.of(), environment, folder, folder, Optional.empty());
            config = ((ConfigResult.Loaded) ConfigLoader.load(inputs, Descriptors.builtIn())).config();
            var ledger = new Ledger(
                    config.budgets(),
                    _ -> Optional.empty(),
                    BudgetStore.of(Optional.empty(), Optional.empty(), new Random(1), files),
                    InstantSource.system());
            wiring = new ProviderWiring(
                    config,
                    connections,
                    ledger,
                    Optional.empty(),
                    files,
                    InstantSource.system(),
                    System::nanoTime,
                    new Random(1));
            registry = new ProviderRegistry(wiring.all(), config.routes());
            added = new AddedProviders(config, wiring, registry, files, System::nanoTime);
        }

        /** Sees a change, and applies it once it has lasted. */
        void notice() {
            added.round();
            added.round();
        }

        Optional<ProviderInfo> acme() {
            return registry.provider("acme") instanceof Outcome.Success<ProviderInfo>(ProviderInfo info)
                    ? Optional.of(info)
                    : Optional.empty();
        }

        String nameOfAcme() {
            return acme().orElseThrow().name();
        }
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(
                Files.createDirectories(folder.resolve("providers")).resolve(name), content);
    }

    private static String descriptor(String name) throws IOException {
        try (InputStream in = DescriptorReader.class.getResourceAsStream("/providers/ecb.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"id\": \"ecb\"", "\"id\": \"acme\"")
                    .replace("\"name\": \"European Central Bank\"", "\"name\": \"" + name + "\"");
        }
    }

    @Test
    void a_new_descriptor_is_used_once_it_has_not_changed_for_a_round() throws IOException {
        Files.createDirectories(folder.resolve("providers"));
        var running = new Running(Map.of());
        running.notice();
        write("acme.json", descriptor("First"));
        running.added.round();
        assertThat(running.acme()).isEmpty();
        running.added.round();
        assertThat(running.nameOfAcme()).isEqualTo("First");
        assertThat(running.registry.modes())
                .anySatisfy(mode -> assertThat(mode.id()).isEqualTo(ACME));
    }

    @Test
    void a_changed_descriptor_replaces_the_old_one_and_the_data_cached_of_it() throws IOException {
        write("acme.json", descriptor("First"));
        var running = new Running(Map.of());
        assertThat(running.nameOfAcme()).isEqualTo("First");
        String keyOfMode = running.registry.modeOf(ACME);
        String keyOfOther = running.registry.modeOf(new ProviderId("ecb"));
        write("acme.json", descriptor("Second one"));
        running.notice();
        assertThat(running.nameOfAcme()).isEqualTo("Second one");
        assertThat(running.registry.modeOf(ACME)).isNotEqualTo(keyOfMode);
        assertThat(running.registry.modeOf(new ProviderId("ecb"))).isEqualTo(keyOfOther);
    }

    @Test
    void a_link_to_nothing_is_shown_and_the_other_files_are_watched_all_the_same() throws IOException {
        Path acme = write("acme.json", descriptor("First"));
        var running = new Running(Map.of());
        Files.createSymbolicLink(acme.resolveSibling("aaa.json"), Path.of("nowhere.json"));
        running.notice();
        assertThat(files.current()).singleElement().asString().contains("aaa.json");
        write("acme.json", descriptor("Second one"));
        running.notice();
        assertThat(running.nameOfAcme()).isEqualTo("Second one");
    }

    @Test
    void hidden_files_of_editors_are_no_descriptors() throws IOException {
        Path acme = write("acme.json", descriptor("First"));
        Files.createSymbolicLink(acme.resolveSibling(".#acme.json"), Path.of("user@host.1234"));
        write("._acme.json", "\0");
        var running = new Running(Map.of());
        running.notice();
        assertThat(files.current()).isEmpty();
    }

    @Test
    void a_wrong_one_is_shown_with_its_place_and_the_last_valid_one_stays() throws IOException {
        write("acme.json", descriptor("First"));
        var running = new Running(Map.of());
        assertThat(files.current()).isEmpty();
        write("acme.json", descriptor("Second").replace("\"pick\"", "\"pik\""));
        write("other.json", "{");
        running.notice();
        assertThat(running.nameOfAcme()).isEqualTo("First");
        assertThat(files.current())
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem)
                        .contains("acme.json:")
                        .containsPattern(":\\d+:\\d+: ")
                        .contains("'pik'"));
        write("acme.json", descriptor("Third try"));
        Files.delete(folder.resolve("providers/other.json"));
        running.notice();
        assertThat(running.nameOfAcme()).isEqualTo("Third try");
        assertThat(files.current()).isEmpty();
    }

    @Test
    void settings_may_name_a_provider_whose_descriptor_is_wrong() throws IOException {
        write("acme.json", descriptor("First").replace("\"pick\"", "\"pik\""));
        Files.writeString(folder.resolve("brain.yaml"), """
                providers.acme.mode: live
                costs.acme: 0.1
                budgets.own.provider: acme
                budgets.own.limit: 5
                """);
        var running = new Running(Map.of("LIVE_PROVIDERS", "ecb,acme", "ROUTES_DEFAULT", "acme,ecb"));
        assertThat(files.current()).singleElement().asString().contains("'pik'");
        assertThat(running.registry.provider("ecb"))
                .isInstanceOfSatisfying(
                        Outcome.Success.class,
                        found -> assertThat(((ProviderInfo) found.value()).mode())
                                .isEqualTo(Mode.LIVE));
        write("acme.json", descriptor("Second one"));
        running.notice();
        assertThat(running.acme().orElseThrow().mode()).isEqualTo(Mode.LIVE);
    }

    @Test
    void a_wrong_or_removed_descriptor_of_a_provider_that_settings_name_affects_no_other() throws IOException {
        Path acme = write("acme.json", descriptor("First"));
        var running = new Running(Map.of("LIVE_PROVIDERS", "acme"));
        write("acme.json", descriptor("Second").replace("\"pick\"", "\"pik\""));
        write("other.json", descriptor("Other").replace("\"acme\"", "\"other\""));
        running.notice();
        assertThat(files.current()).singleElement().asString().contains("'pik'");
        assertThat(running.nameOfAcme()).isEqualTo("First");
        assertThat(running.registry.provider("other")).isInstanceOf(Outcome.Success.class);
        Files.delete(acme);
        running.notice();
        assertThat(files.current()).isEmpty();
        assertThat(running.acme()).isEmpty();
    }

    @Test
    void one_that_was_wrong_at_the_start_is_shown_and_used_when_it_is_right() throws IOException {
        write("acme.json", "{}");
        var running = new Running(Map.of());
        assertThat(files.current()).hasSize(1);
        assertThat(running.acme()).isEmpty();
        write("acme.json", descriptor("First"));
        running.notice();
        assertThat(running.nameOfAcme()).isEqualTo("First");
        assertThat(files.current()).isEmpty();
    }

    @Test
    void a_removed_descriptor_removes_its_provider_and_no_other() throws IOException {
        Path file = write("acme.json", descriptor("First"));
        var running = new Running(Map.of());
        Files.delete(file);
        running.notice();
        assertThat(running.acme()).isEmpty();
        assertThat(running.registry.provider("ecb")).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void a_live_provider_is_rebuilt_with_its_settings_and_reported_once() throws IOException {
        write("acme.json", descriptor("First"));
        var running = new Running(Map.of("ACME_MODE", "live"));
        write("acme.json", descriptor("Second one"));
        running.notice();
        assertThat(running.acme().orElseThrow().mode()).isEqualTo(Mode.LIVE);
        assertThat(running.wiring.metrics()).isNotEmpty();
        assertThat(running.wiring.stacks().layers())
                .filteredOn(
                        layer -> layer.stack().equals("acme") && layer.name().equals("quota"))
                .hasSize(1);
    }

    @Test
    void credentials_that_came_after_the_start_need_a_restart_because_the_log_would_not_mask_them() throws IOException {
        Files.createDirectories(folder.resolve("providers"));
        var running = new Running(Map.of("ACME_API_KEY", "k-1234567890abcdef"));
        write(
                "acme.json",
                descriptor("First")
                        .replace(
                                "\"mapping\"",
                                "\"authentication\": {\"type\": \"header\", \"key_setting\": \"ACME_API_KEY\", \"name\": \"X-Key\"}, \"mapping\""));
        running.notice();
        ProviderInfo acme = running.acme().orElseThrow();
        assertThat(acme.mode()).isEqualTo(Mode.MOCK);
        assertThat(acme.reason()).contains("restart");
    }

    @Test
    void without_a_folder_there_is_nothing_to_watch() {
        var running = new Running(Map.of());
        assertThat(running.config.updates().findFolder()).isEmpty();
        running.notice();
        assertThat(running.acme()).isEmpty();
    }
}
