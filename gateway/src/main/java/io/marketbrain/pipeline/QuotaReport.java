package io.marketbrain.pipeline;

import io.marketbrain.model.cost.RateLimit;

/**
 * The current use of one of a provider's rate limits.
 *
 * @param limit what the provider allows
 * @param allowed how much of it the gateway may use
 * @param used what was used within the limit's period
 */
public record QuotaReport(RateLimit limit, long allowed, long used) {
    public long left() {
        return Math.max(0, allowed - used);
    }
}
