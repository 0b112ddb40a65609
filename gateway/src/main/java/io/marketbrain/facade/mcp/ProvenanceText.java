package io.marketbrain.facade.mcp;

import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QualityFlag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where data comes from and how good it is, in few words. Pure. */
final class ProvenanceText {
    private ProvenanceText() {}

    /** A sentence about one answer. */
    static String of(Provenance provenance, @Nullable Instant asOf) {
        return "source: " + source(provenance) + "; " + provenance.freshness().wire()
                + (asOf == null ? "" : "; as of " + time(asOf)) + "; quality: " + quality(provenance);
    }

    private static String source(Provenance provenance) {
        return switch (provenance.mode()) {
            case LIVE -> provenance.source() + " (live)";
            case REPLAY -> provenance.provider() + " (recording, not current)";
            case MOCK -> "MOCK, simulated, not real";
        };
    }

    /** The source in a table. */
    static String cell(Provenance provenance) {
        return ResponseJson.isMock(provenance) || provenance.mode() == Mode.REPLAY
                ? provenance.source()
                : provenance.source() + " live";
    }

    /** The names of the warnings; {@code ok} without any. */
    static String quality(Provenance provenance) {
        return provenance.flags().isEmpty()
                ? "ok"
                : provenance.flags().stream().map(QualityFlag::code).collect(Collectors.joining(" "));
    }

    /** A time to the second, and shorter where seconds or the time of the day are zero. */
    static String time(Instant instant) {
        Instant seconds = instant.truncatedTo(ChronoUnit.SECONDS);
        String text = seconds.toString();
        if (!seconds.equals(seconds.truncatedTo(ChronoUnit.MINUTES))) {
            return text;
        }
        return seconds.equals(seconds.truncatedTo(ChronoUnit.DAYS))
                ? text.substring(0, 10)
                : text.substring(0, 16) + "Z";
    }
}
