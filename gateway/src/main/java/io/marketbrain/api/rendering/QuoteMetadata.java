package io.marketbrain.api.rendering;

import io.marketbrain.model.CallId;
import java.time.Instant;

/**
 * The members {@code timestamp} and {@code metadata} of a quote's response, which clients of the Python predecessor read.
 *
 * @param provider the requested provider's id
 * @param symbol the requested symbol: letters and printable ASCII characters
 * @param at when the response was made
 * @param cached whether the quote came from the cache, so that no budget was asked
 */
public record QuoteMetadata(String provider, String symbol, Instant at, boolean cached) {
    /** The millisecond that was written last: formatting a time takes longer than the rest of a cached response's text. */
    private static volatile Millisecond last = new Millisecond(Long.MIN_VALUE, "");

    private record Millisecond(long epoch, String text) {}

    /** The members as JSON text, each after a comma. */
    String members(CallId callId, String responseTime) {
        return ",\"timestamp\":\"" + timestamp() + "\",\"metadata\":{\"provider\":\"" + provider + "\",\"symbol\":\""
                + escaped(symbol)
                + "\",\"response_time\":" + responseTime + ",\"task_id\":\"" + callId.value()
                + "\",\"qos_priority\":\"HIGH\",\"cache_status\":\"" + (cached ? "hit" : "miss")
                + "\",\"budget_checked\":" + !cached + '}';
    }

    private String timestamp() {
        long epoch = at.toEpochMilli();
        Millisecond known = last;
        if (known.epoch() != epoch) {
            known = new Millisecond(epoch, Instant.ofEpochMilli(epoch).toString());
            last = known;
        }
        return known.text();
    }

    private static String escaped(String text) {
        return text.indexOf('"') < 0 && text.indexOf('\\') < 0
                ? text
                : text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
