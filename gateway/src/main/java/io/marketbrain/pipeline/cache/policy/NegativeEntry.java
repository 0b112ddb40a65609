package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.Failure;
import io.marketbrain.model.size.ObjectSize;

/**
 * A cached failure.
 *
 * @param retryAt when the provider may be called again, in nanoseconds of the ticker
 * @param expiresAt when the number of attempts is discarded as well
 * @param attempts how many attempts failed in a row
 */
public record NegativeEntry(Failure failure, long retryAt, long expiresAt, int attempts) implements CacheSlot {
    @Override
    public int bytes() {
        Failure.ProviderError said = failure.said();
        long words = said == null ? 0 : ObjectSize.text(said.code()) + ObjectSize.text(said.message());
        return Math.clamp(ObjectSize.text(failure.message()) + words, 0, Integer.MAX_VALUE);
    }
}
