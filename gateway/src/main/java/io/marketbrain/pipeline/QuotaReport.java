package io.marketbrain.pipeline;

import io.marketbrain.model.RateLimit;

/**
 * How one of a provider's limits stands.
 *
 * @param limit what the provider allows
 * @param allowed how much of it the gateway uses
 * @param used what was used within the limit's stretch of time
 */
public record QuotaReport(RateLimit limit, long allowed, long used) {
    public long left() {
        return Math.max(0, allowed - used);
    }
}
