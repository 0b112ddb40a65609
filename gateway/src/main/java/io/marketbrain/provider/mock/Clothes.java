package io.marketbrain.provider.mock;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.ProviderId;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** How finely each provider prices what: ticks by provider and instrument, from the resource {@code mock/ticks.json}. */
final class Clothes {
    private static final String RESOURCE = "/mock/ticks.json";

    private final Map<String, Map<String, BigDecimal>> ticks;

    private Clothes(Map<String, Map<String, BigDecimal>> ticks) {
        this.ticks = ticks;
    }

    static Clothes builtIn() {
        try (InputStream in = Clothes.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + RESOURCE);
            }
            Map<String, Map<String, BigDecimal>> ticks = new HashMap<>();
            for (var provider : JsonValue.parse(in.readAllBytes()).members().entrySet()) {
                Map<String, BigDecimal> own = new HashMap<>();
                for (var tick : provider.getValue().members().entrySet()) {
                    own.put(tick.getKey(), tick.getValue().decimal());
                }
                ticks.put(provider.getKey(), Map.copyOf(own));
            }
            return new Clothes(Map.copyOf(ticks));
        } catch (IOException | MalformedPayload e) {
            throw new IllegalStateException("the resource " + RESOURCE + " is wrong: " + e.getMessage(), e);
        }
    }

    /** The provider's ticks by unified symbol; where there is none the market's own tick is meant. */
    Map<String, BigDecimal> of(ProviderId provider) {
        return ticks.getOrDefault(provider.value(), Map.of());
    }
}
