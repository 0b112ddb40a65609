package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Failure;

/**
 * The memory of a failure.
 *
 * @param until when the provider may be asked again
 * @param expiresAt when the number of attempts is forgotten, too
 * @param attempts how many failed in a row
 */
record Refusal(Failure failure, long until, long expiresAt, int attempts) implements Slot {
    private static final int BYTES = 256;

    @Override
    public int bytes() {
        return BYTES;
    }
}
