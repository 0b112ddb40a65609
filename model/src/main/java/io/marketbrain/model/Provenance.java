package io.marketbrain.model;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a response came from and how far it can be trusted.
 *
 * @param provider the provider that was requested, even where mock data was returned
 * @param mockReason why mock data was returned; null for live data
 * @param receivedAt when the gateway received the data
 * @param attempts every provider tried, the successful one last
 */
public record Provenance(
        ProviderId provider,
        Mode mode,
        @Nullable String mockReason,
        Instant receivedAt,
        Freshness freshness,
        List<QualityFlag> flags,
        List<Attempt> attempts) {
    public Provenance {
        flags = List.copyOf(flags);
        attempts = List.copyOf(attempts);
    }

    /** The source shown in the response: the provider's id if it is live, else {@code mock} or {@code replay}. */
    public String source() {
        return switch (mode) {
            case LIVE -> provider.value();
            case MOCK -> ProviderId.MOCK.value();
            case REPLAY -> mode.wire();
        };
    }

    public Provenance withFlags(List<QualityFlag> flags) {
        return new Provenance(provider, mode, mockReason, receivedAt, freshness, flags, attempts);
    }

    /** The same with another flag after its own ones. */
    public Provenance withFlag(QualityFlag flag) {
        return withFlags(Stream.concat(flags.stream(), Stream.of(flag)).toList());
    }

    public Provenance withAttempts(List<Attempt> attempts) {
        return new Provenance(provider, mode, mockReason, receivedAt, freshness, flags, attempts);
    }

    public Provenance withFreshness(Freshness freshness) {
        return new Provenance(provider, mode, mockReason, receivedAt, freshness, flags, attempts);
    }

    public Provenance withReceivedAt(Instant receivedAt) {
        return new Provenance(provider, mode, mockReason, receivedAt, freshness, flags, attempts);
    }

    public Provenance withMockReason(String reason) {
        return new Provenance(provider, mode, reason, receivedAt, freshness, flags, attempts);
    }
}
