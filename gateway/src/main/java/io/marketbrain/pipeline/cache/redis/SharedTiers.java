package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.tier.NoSharedTier;
import io.marketbrain.pipeline.cache.tier.SharedTier;
import io.marketbrain.store.redis.RedisConfig;
import java.util.random.RandomGenerator;

/** Creates the shared tier of the cache. A class of its own, so that a gateway without Redis loads none of the code for it. */
public final class SharedTiers {
    private SharedTiers() {}

    /** The tier that the settings describe; one that is always off if they name no Redis. */
    public static SharedTier of(RedisConfig config, CacheConfig cache, NanoClock nanoClock, RandomGenerator chance) {
        return config.url().isEmpty()
                ? new NoSharedTier()
                : new RedisTier(config, cache.maxValueBytes(), cache.shared().lease(), nanoClock, chance);
    }
}
