package io.marketbrain.provider.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.provider.transport.SentCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recordings may take of memory. */
class RecordingLimitsTest {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    private final Descriptor binance = Descriptors.builtIn().stream()
            .filter(entry -> entry.id().equals(new ProviderId("binance")))
            .findFirst()
            .orElseThrow()
            .descriptor()
            .get();

    private PendingExchange pending(Map<String, String> headers) {
        return new PendingExchange(
                binance,
                ProviderRequest.get("/p"),
                200,
                headers,
                new byte[100],
                NOW,
                false,
                new SentCredentials(List.of(), List.of(), List.of()),
                1);
    }

    @Test
    void a_folder_with_too_many_recordings_is_used_in_part(@TempDir Path folder) throws Exception {
        for (String name : List.of("c", "a", "b")) {
            Files.writeString(folder.resolve(name + RecordingArchive.META), "{}");
            Files.writeString(folder.resolve(name + ".json"), "{}");
        }
        assertThat(RecordingArchive.metas(folder, 3))
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .containsExactly("a.meta.json", "b.meta.json", "c.meta.json");
        assertThat(RecordingArchive.metas(folder, 2)).hasSize(2);
    }

    @Test
    void large_headers_count_as_queued_memory() {
        int small = pending(Map.of()).bytes();
        assertThat(pending(Map.of("x-large", "v".repeat(100_000))).bytes() - small)
                .isGreaterThanOrEqualTo(100_000);
    }
}
