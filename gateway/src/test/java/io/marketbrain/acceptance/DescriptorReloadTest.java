package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.descriptor.DescriptorReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Descriptors that change under a gateway that is serving. */
class DescriptorReloadTest {
    @TempDir
    Path folder;

    private void write(String name, String wrong) throws IOException {
        Path file = Files.createDirectories(folder.resolve("providers")).resolve("acme.json");
        try (InputStream in = DescriptorReader.class.getResourceAsStream("/providers/ecb.json")) {
            String ecb = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(
                    file,
                    ecb.replace("\"id\": \"ecb\"", "\"id\": \"acme\"")
                            .replace("\"name\": \"European Central Bank\"", "\"name\": \"" + name + "\"")
                            .replace("\"pick\"", wrong));
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(50);
        }
    }

    @Test
    void a_changed_descriptor_takes_effect_and_a_wrong_one_is_in_the_health_while_the_last_one_serves()
            throws Exception {
        write("First", "\"pick\"");
        try (var gateway = TestGateway.with(folder)) {
            assertThat(gateway.get("/api/v1/providers/acme").text()).contains("\"First\"");
            assertThat(gateway.get("/api/v1/data/acme/EURUSD").status()).isEqualTo(200);
            write("Second one", "\"pick\"");
            await(() -> gateway.get("/api/v1/providers/acme").text().contains("\"Second one\""));
            assertThat(gateway.get("/health").text()).contains("\"healthy\"");

            write("Third", "\"pik\"");
            await(() -> gateway.get("/health").text().contains("'pik'"));
            assertThat(gateway.get("/health").text()).containsPattern("acme.json:\\d+:\\d+: ");
            assertThat(gateway.get("/api/v1/providers/acme").text()).contains("\"Second one\"");
            assertThat(gateway.get("/api/v1/data/acme/EURUSD").status()).isEqualTo(200);

            Files.delete(folder.resolve("providers/acme.json"));
            await(() -> gateway.get("/api/v1/providers/acme").status() == 404);
            assertThat(gateway.get("/health").text()).doesNotContain("'pik'");
        }
    }
}
