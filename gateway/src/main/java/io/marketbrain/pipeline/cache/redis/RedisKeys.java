package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import io.marketbrain.store.redis.RedisConnection;
import java.util.List;

/**
 * Formats keys in Redis. All keys of one scope share a hash tag, so that the keys of a script are on one server of a cluster. The names of values contain the version of the envelope; those of epochs and the channel do not, because gateways of all versions share them.
 */
final class RedisKeys {
    private final String prefix;

    RedisKeys(String prefix) {
        this.prefix = prefix;
    }

    String channel() {
        return prefix + ":news";
    }

    /** Value, epoch, lease, turn. */
    List<byte[]> all(ValueKey key) {
        String value = value(key);
        return List.of(
                RedisConnection.bytes(value),
                epoch(key.scope()),
                RedisConnection.bytes(value + ":lease"),
                RedisConnection.bytes(value + ":turn"));
    }

    List<byte[]> valueAndEpoch(ValueKey key) {
        return List.of(RedisConnection.bytes(value(key)), epoch(key.scope()));
    }

    List<byte[]> valueEpochLease(ValueKey key) {
        String value = value(key);
        return List.of(RedisConnection.bytes(value), epoch(key.scope()), RedisConnection.bytes(value + ":lease"));
    }

    /** Any key of the scope, which selects the server, and the epoch. */
    List<byte[]> scope(Scope scope) {
        return List.of(epoch(scope), epoch(scope));
    }

    String value(ValueKey key) {
        return prefix + ":1:" + tag(key.scope()) + ":" + key.name();
    }

    private byte[] epoch(Scope scope) {
        return RedisConnection.bytes(prefix + ":epoch:" + tag(scope));
    }

    private static String tag(Scope scope) {
        return "{" + scope.provider() + ":" + scope.subject() + "}";
    }
}
