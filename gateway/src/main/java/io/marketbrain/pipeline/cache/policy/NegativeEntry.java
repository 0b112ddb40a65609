package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.Failure;

/**
 * A cached failure.
 *
 * @param retryAt when the provider may be called again, in nanoseconds of the ticker
 * @param expiresAt when the number of attempts is discarded as well
 * @param attempts how many attempts failed in a row
 */
public record NegativeEntry(Failure failure, long retryAt, long expiresAt, int attempts) implements CacheSlot {
    private static final int BYTES = 256;

    @Override
    public int bytes() {
        return BYTES;
    }
}
