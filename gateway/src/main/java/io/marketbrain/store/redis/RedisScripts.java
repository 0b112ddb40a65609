package io.marketbrain.store.redis;

import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.ScriptRunner;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Creates the client of scripts. A class of its own, so that a gateway without Redis loads none of the code for it. */
public final class RedisScripts {
    private RedisScripts() {}

    /** A client if the settings name a Redis. */
    public static Optional<ScriptRunner> find(
            RedisConfig config, Duration longestWait, NanoClock nanoClock, RandomGenerator chance) {
        return config.url().map(_ -> new RedisScriptRunner(config, longestWait, nanoClock, chance));
    }
}
