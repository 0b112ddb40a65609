package io.marketbrain.provider.mock;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.ProviderId;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** The tick sizes of each provider by instrument, from the resource {@code mock/ticks.json}. Immutable. */
final class TickSizes {
    private static final String RESOURCE = "/mock/ticks.json";

    private final Map<String, Map<String, BigDecimal>> ticks;

    private TickSizes(Map<String, Map<String, BigDecimal>> ticks) {
        this.ticks = ticks;
    }

    static TickSizes builtIn() {
        try (InputStream in = TickSizes.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + RESOURCE);
            }
            Map<String, Map<String, BigDecimal>> ticks = new HashMap<>();
            for (var provider : JsonValue.parse(in.readAllBytes()).members().entrySet()) {
                Map<String, BigDecimal> providerTicks = new HashMap<>();
                for (var tick : provider.getValue().members().entrySet()) {
                    providerTicks.put(tick.getKey(), tick.getValue().decimal());
                }
                ticks.put(provider.getKey(), Map.copyOf(providerTicks));
            }
            return new TickSizes(Map.copyOf(ticks));
        } catch (IOException | MalformedPayload e) {
            throw new IllegalStateException("invalid resource " + RESOURCE + ": " + e.getMessage(), e);
        }
    }

    /** The provider's tick sizes by unified symbol; instruments that are missing use the market's own. */
    Map<String, BigDecimal> of(ProviderId provider) {
        return ticks.getOrDefault(provider.value(), Map.of());
    }
}
