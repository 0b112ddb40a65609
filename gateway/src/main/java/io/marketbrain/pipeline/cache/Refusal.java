package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Failure;

/**
 * A cached failure.
 *
 * @param retryAt when the provider may be called again, in nanoseconds of the ticker
 * @param expiresAt when the number of attempts is discarded as well
 * @param attempts how many attempts failed in a row
 */
record Refusal(Failure failure, long retryAt, long expiresAt, int attempts) implements Slot {
    private static final int BYTES = 256;

    @Override
    public int bytes() {
        return BYTES;
    }
}
