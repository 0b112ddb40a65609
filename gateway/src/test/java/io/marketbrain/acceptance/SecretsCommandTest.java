package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Main;
import io.marketbrain.cli.Invocation;
import io.marketbrain.cli.console.CommandContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code brain secrets}, and settings stored with it. */
class SecretsCommandTest {
    private static final String VALUE = "planted-binance-key-4711";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Optional<String> typed = Optional.empty();

    private record Result(int code, String out, String err) {}

    private Result brain(String line) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var around = new CommandContext(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                environment,
                folder,
                folder,
                InstantSource.system(),
                _ -> typed);
        int code = Invocation.run(line.split(" "), around, new Main());
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void stores_lists_and_removes_a_credential_that_takes_effect_and_is_never_shown() throws Exception {
        typed = Optional.of(VALUE + "\n");
        Result set = brain("secrets set BINANCE_API_KEY");
        assertThat(set.code()).isZero();
        assertThat(set.out() + set.err()).doesNotContain(VALUE);
        assertThat(brain("secrets list").out()).isEqualTo("BINANCE_API_KEY\n");
        Result config = brain("config --format json BINANCE_API_KEY");
        assertThat(config.out())
                .contains("\"from\":\"brain secrets\"", "\"value\":\"********\"")
                .doesNotContain(VALUE);
        assertThat(brain("secrets set BINANCE_API_SECRET").code()).isZero();
        assertThat(brain("providers --format json").out())
                .as("a provider with credentials is live")
                .containsPattern("\"id\":\"binance\"[^}]*\"mode\":\"live\"");
        assertThat(folder.resolve("state/secrets")).exists();

        Files.writeString(folder.resolve(".env"), "BINANCE_API_KEY=other\n");
        assertThat(brain("config --format json BINANCE_API_KEY").out()).contains("\"from\":\".env:1\"");
        environment.put("BINANCE_API_KEY", "another");
        assertThat(brain("config --format json BINANCE_API_KEY").out()).contains("\"from\":\"environment\"");

        assertThat(brain("secrets remove BINANCE_API_KEY").code()).isZero();
        assertThat(brain("secrets list").out()).isEqualTo("BINANCE_API_SECRET\n");
        assertThat(brain("secrets remove BINANCE_API_KEY").code()).isEqualTo(1);
    }

    @Test
    void rejects_values_on_the_command_line_and_names_that_are_not_credentials() {
        typed = Optional.of(VALUE);
        assertThat(brain("secrets set BINANCE_API_KEY " + VALUE).code()).isEqualTo(2);
        Result unknown = brain("secrets set SERVER_PORT");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("BINANCE_API_KEY", "REDIS_URL");
        assertThat(brain("secrets set SECRETS_PASSPHRASE").code()).isEqualTo(2);
        typed = Optional.of("  ");
        assertThat(brain("secrets set BINANCE_API_KEY").code()).isEqualTo(2);
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void nothing_starts_if_the_secrets_are_readable_by_others_or_cannot_be_decrypted() throws Exception {
        typed = Optional.of(VALUE);
        assertThat(brain("secrets set BINANCE_API_KEY").code()).isZero();
        Path key = folder.resolve("state/secrets.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Result exposed = brain("quote binance BTCUSDT");
        assertThat(exposed.code()).isEqualTo(2);
        assertThat(exposed.err()).contains("chmod 600 " + key);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(key, "A".repeat(43) + "=");
        assertThat(brain("quote binance BTCUSDT").err()).contains("does not match");
        environment.put("SECRETS_PASSPHRASE", "some-passphrase");
        assertThat(brain("secrets list").code()).isEqualTo(2);
        assertThat(brain("config SECRETS_PASSPHRASE").out()).doesNotContain("some-passphrase");
    }
}
