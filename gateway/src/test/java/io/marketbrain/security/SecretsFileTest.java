package io.marketbrain.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The encrypted file of credentials. */
@Timeout(120)
class SecretsFileTest {
    private static final String VALUE = "planted-\u00e4-value-7731";

    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();

    private SecretsConfig config(String passphrase) {
        return new SecretsConfig(folder.resolve("secrets"), folder.resolve("key"), Secret.of(passphrase));
    }

    private SecretsFile byKey() {
        return new SecretsFile(config(""));
    }

    private void put(SecretsFile file, String name, String value) throws SecretsFile.Locked {
        file.change(secrets -> secrets.put(name, value), random);
    }

    private static void permit(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void credentials_are_read_back_unchanged_and_do_not_appear_in_the_file() throws Exception {
        assertThat(byKey().read()).isEmpty();
        put(byKey(), "BINANCE_API_KEY", VALUE);
        put(byKey(), "REDIS_URL", "redis://u:p@h");
        assertThat(byKey().read()).containsEntry("BINANCE_API_KEY", VALUE).hasSize(2);
        byKey().change(secrets -> secrets.remove("REDIS_URL"), random);
        assertThat(byKey().read().keySet()).containsExactly("BINANCE_API_KEY");
        for (String file : new String[] {"secrets", "key"}) {
            assertThat(permissions(folder.resolve(file))).isEqualTo("rw-------");
            assertThat(new String(Files.readAllBytes(folder.resolve(file)), StandardCharsets.ISO_8859_1))
                    .doesNotContain("BINANCE", "planted", "7731");
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("secrets", "key", "secrets.lock");
        }
    }

    @Test
    void every_write_uses_a_new_nonce() throws Exception {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            put(byKey(), "A", VALUE);
            seen.add(Arrays.toString(Arrays.copyOfRange(Files.readAllBytes(folder.resolve("secrets")), 26, 38)));
        }
        assertThat(seen).hasSize(20);
    }

    @Test
    void any_changed_bit_of_the_file_is_detected() throws Exception {
        put(byKey(), "A", VALUE);
        byte[] good = Files.readAllBytes(folder.resolve("secrets"));
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(folder.resolve("secrets"), bad);
            assertThatThrownBy(() -> byKey().read())
                    .as("byte " + at)
                    .isInstanceOf(SecretsFile.Locked.class)
                    .message()
                    .doesNotContain("planted");
        }
        for (int length : new int[] {0, 10, 40, good.length - 1}) {
            Files.write(folder.resolve("secrets"), Arrays.copyOf(good, length));
            assertThatThrownBy(() -> byKey().read()).isInstanceOf(SecretsFile.Locked.class);
        }
        Files.write(folder.resolve("secrets"), good);
        assertThat(byKey().read()).hasSize(1);
    }

    @Test
    void files_readable_by_others_are_rejected_with_a_remedy() throws Exception {
        put(byKey(), "A", VALUE);
        for (String file : new String[] {"secrets", "key"}) {
            for (String open : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rwx------"}) {
                permit(folder.resolve(file), open);
                assertThatThrownBy(() -> byKey().read())
                        .hasMessageContainingAll(open, "chmod 600 " + folder.resolve(file));
                assertThatThrownBy(() -> put(byKey(), "B", VALUE)).isInstanceOf(SecretsFile.Locked.class);
            }
            permit(folder.resolve(file), "r--------");
            assertThat(byKey().read()).hasSize(1);
        }
    }

    @Test
    void a_passphrase_decrypts_only_what_it_encrypted() throws Exception {
        put(new SecretsFile(config("correct horse")), "A", VALUE);
        assertThat(folder.resolve("key")).doesNotExist();
        assertThat(new SecretsFile(config("correct horse")).read()).containsEntry("A", VALUE);
        assertThatThrownBy(() -> new SecretsFile(config("wrong horse")).read())
                .hasMessageContaining("does not match")
                .message()
                .doesNotContain("horse");
        assertThatThrownBy(() -> byKey().read()).hasMessageContaining("SECRETS_PASSPHRASE");
    }

    @Test
    void a_lost_key_is_not_replaced_by_a_new_one() throws Exception {
        put(byKey(), "A", VALUE);
        Files.delete(folder.resolve("key"));
        assertThatThrownBy(() -> byKey().read()).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> put(byKey(), "B", VALUE)).hasMessageContaining("does not exist");
        assertThat(folder.resolve("key")).doesNotExist();
        Files.writeString(folder.resolve("key"), "c2hvcnQ=");
        permit(folder.resolve("key"), "rw-------");
        assertThatThrownBy(() -> byKey().read()).hasMessageContaining("32 bytes");
    }

    @Test
    void a_passphrase_takes_over_from_a_key_file() throws Exception {
        put(byKey(), "A", VALUE);
        put(new SecretsFile(config("correct horse")), "B", VALUE);
        Files.delete(folder.resolve("key"));
        assertThat(new SecretsFile(config("correct horse")).read()).hasSize(2);
    }

    @Test
    void readers_see_the_old_or_the_new_content_during_a_write() throws Exception {
        put(byKey(), "N0", VALUE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writer = threads.submit(() -> {
                for (int i = 1; i <= 40; i++) {
                    put(byKey(), "N" + i, VALUE);
                }
                return true;
            });
            Callable<Boolean> reader = () -> {
                while (!writer.isDone()) {
                    var read = byKey().read();
                    assertThat(read.keySet())
                            .containsExactlyInAnyOrderElementsOf(IntStream.range(0, read.size())
                                    .mapToObj(i -> "N" + i)
                                    .toList());
                }
                return true;
            };
            for (var done : threads.invokeAll(java.util.List.of(reader, reader))) {
                assertThat(done.get()).isTrue();
            }
            assertThat(writer.get()).isTrue();
        }
        assertThat(byKey().read()).hasSize(41);
        assertThat(Optional.of(config("geheim")).toString()).doesNotContain("geheim");
    }
}
