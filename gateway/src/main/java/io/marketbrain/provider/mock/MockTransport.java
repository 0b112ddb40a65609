package io.marketbrain.provider.mock;

import io.marketbrain.model.Call;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Transport;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Computes a payload from the symbol and the second, the same on every machine. Thread-safe. */
public final class MockTransport implements Transport {
    private final InstantSource clock;

    public MockTransport(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Outcome<RawPayload> exchange(ProviderRequest request, Call call) {
        Instant now = clock.instant();
        long mix = now.getEpochSecond();
        for (byte b : request.asMap().getOrDefault("symbol", "").getBytes(StandardCharsets.UTF_8)) {
            mix = (mix ^ b) * 0x9E3779B97F4A7C15L;
        }
        BigDecimal price = BigDecimal.valueOf(5_000_000 + Math.floorMod(mix >>> 20, 100_000L), 2);
        String body = "{\"price\":\"" + price + "\",\"time\":\"" + now + "\"}";
        return Outcome.success(new RawPayload(200, Map.of(), body.getBytes(StandardCharsets.UTF_8), now));
    }

    @Override
    public String toString() {
        return "mock market";
    }
}
