package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.marketbrain.Gateway;
import io.marketbrain.api.LocalApi;
import io.marketbrain.cli.Invocation;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.Launcher;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.http.tls.TestCertificate;
import io.marketbrain.security.KeyRing;
import io.marketbrain.security.Secret;
import io.marketbrain.security.SecretsConfig;
import io.marketbrain.security.SecretsFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file that a start reads, damaged in every way: the start is refused with a line that names the file. */
class DamagedSettingsTest {
    @TempDir
    static Path certificates;

    private static TestCertificate certificate;

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    private record Result(int code, String err) {}

    /** The files of a start. */
    enum StartFile {
        ENV(".env"),
        YAML("brain.yaml"),
        KEYS("state/keys"),
        SECRETS("state/secrets"),
        SECRETS_KEY("state/secrets.key"),
        CERTIFICATE("cert.pem"),
        PRIVATE_KEY("key.pem"),
        REDIS_CA("ca.pem");

        private final String path;

        StartFile(String path) {
            this.path = path;
        }

        /** Damage after which the file is still valid, or stands for no file. */
        Set<FileDamage> harmless() {
            return switch (this) {
                case ENV -> Set.of(FileDamage.EMPTY, FileDamage.FOLDER, FileDamage.CUT_OFF);
                case YAML -> Set.of(FileDamage.EMPTY, FileDamage.CUT_OFF);
                case KEYS -> Set.of(FileDamage.EMPTY);
                // Text around the blocks of a PEM file is a comment.
                case CERTIFICATE, PRIVATE_KEY, REDIS_CA -> Set.of(FileDamage.WRONG_LINE);
                case SECRETS, SECRETS_KEY -> Set.of();
            };
        }
    }

    static Stream<Arguments> cases() throws IOException {
        List<FileDamage> all = FileDamage.possible().toList();
        return Stream.of(StartFile.values())
                .flatMap(file -> all.stream()
                        .filter(damage -> !file.harmless().contains(damage))
                        .map(damage -> Arguments.of(file, damage)));
    }

    static Stream<Arguments> harmlessCases() {
        return Stream.of(StartFile.values())
                .filter(file ->
                        file != StartFile.CERTIFICATE && file != StartFile.PRIVATE_KEY && file != StartFile.REDIS_CA)
                .flatMap(file -> file.harmless().stream().map(damage -> Arguments.of(file, damage)));
    }

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.make("EC", certificates);
    }

    private void writeGoodFiles() throws Exception {
        Path state = Files.createDirectory(folder.resolve("state"));
        Files.writeString(folder.resolve(".env"), "LOG_LEVEL=INFO\nSERVER_PORT=0\n");
        Files.writeString(folder.resolve("brain.yaml"), "log:\n  level: INFO\nserver:\n  port: 0\n");
        var ring = new KeyRing(state.resolve("keys"));
        ring.create("alice", false, Instant.EPOCH, new SecureRandom());
        ring.create("bob", true, Instant.EPOCH, new SecureRandom());
        new SecretsFile(new SecretsConfig(
                        state.resolve("secrets"), state.resolve("secrets.key"), Optional.<Secret>empty()))
                .change(kept -> kept.put("BINANCE_API_KEY", "planted"), new SecureRandom());
        Files.writeString(folder.resolve("cert.pem"), certificate.pem());
        Files.writeString(folder.resolve("key.pem"), certificate.keyPem());
        Files.writeString(folder.resolve("ca.pem"), certificate.pem());
    }

    private void use(StartFile file) {
        switch (file) {
            case CERTIFICATE, PRIVATE_KEY -> {
                environment.put("SERVER_TLS_CERT", folder.resolve("cert.pem").toString());
                environment.put("SERVER_TLS_KEY", folder.resolve("key.pem").toString());
            }
            case REDIS_CA -> {
                environment.put("REDIS_URL", "rediss://127.0.0.1:1");
                environment.put("REDIS_CA_FILE", folder.resolve("ca.pem").toString());
            }
            default -> {}
        }
    }

    private Result start() {
        var err = new ByteArrayOutputStream();
        var context = new CommandContext(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                environment,
                folder,
                folder,
                InstantSource.system());
        int code = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> Invocation.run(new String[] {"serve", "--port", "0"}, context, new BriefLauncher()));
        return new Result(code, err.toString(StandardCharsets.UTF_8));
    }

    /** Starts a gateway and stops it at once. */
    private static final class BriefLauncher implements Launcher {
        @Override
        public Running serve(GatewayConfig config) {
            try (var gateway = new Gateway(config)) {
                return new Running(gateway.port(), List.of(), List.of());
            }
        }

        @Override
        public <T> T locally(GatewayConfig config, Function<LocalApi, T> use) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void starts_with_undamaged_files() throws Exception {
        writeGoodFiles();
        for (StartFile file : StartFile.values()) {
            use(file);
        }
        assertThat(start().code()).isEqualTo(Invocation.SERVING);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_damaged_file_refuses_the_start_with_a_line_that_names_it(StartFile file, FileDamage damage)
            throws Exception {
        writeGoodFiles();
        use(file);
        damage.apply(folder.resolve(file.path));
        Result result = start();
        assertThat(result.code()).as(result.err()).isIn(1, 2);
        assertThat(result.err().lines()).allMatch(line -> line.startsWith("brain: "));
        assertThat(result.err())
                .contains(Path.of(file.path).getFileName().toString())
                .doesNotContain("Exception");
        boolean tls = file == StartFile.CERTIFICATE || file == StartFile.PRIVATE_KEY;
        assertThat(result.code()).as(result.err()).isEqualTo(tls ? 1 : 2);
    }

    @ParameterizedTest
    @MethodSource("harmlessCases")
    void starts_with_a_file_that_is_unusual_but_valid(StartFile file, FileDamage damage) throws Exception {
        writeGoodFiles();
        damage.apply(folder.resolve(file.path));
        Result result = start();
        assertThat(result.code()).as(result.err()).isEqualTo(Invocation.SERVING);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void byte_order_marks_and_windows_line_ends_are_understood(StartFile file) throws Exception {
        writeGoodFiles();
        Path path = folder.resolve(file.path);
        Files.writeString(path, "\uFEFF" + Files.readString(path).replace("\n", "\r\n"));
        Result result = start();
        assertThat(result.code()).as(result.err()).isEqualTo(Invocation.SERVING);
    }

    static Stream<StartFile> texts() {
        return Stream.of(StartFile.ENV, StartFile.YAML, StartFile.KEYS, StartFile.SECRETS_KEY);
    }

    @Test
    void the_line_of_a_broken_key_file_is_named_and_not_quoted() throws Exception {
        writeGoodFiles();
        FileDamage.WRONG_LINE.apply(folder.resolve("state/keys"));
        assertThat(start().err())
                .startsWith("brain: ")
                .contains("state/keys line 2 is not a key", "brain keys create")
                .doesNotContain("what is this");
    }

    @Test
    void keys_that_other_users_can_change_are_refused() throws Exception {
        writeGoodFiles();
        Path keys = folder.resolve("state/keys");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-rw-r--"));
        Result result = start();
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("can be changed by other users", "chmod 600 " + keys);
    }

    @Test
    void a_state_folder_that_is_a_file_refuses_the_start() throws Exception {
        Files.writeString(folder.resolve("state"), "not a folder");
        Result result = start();
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).startsWith("brain: ").contains("state").contains("folder");
    }
}
