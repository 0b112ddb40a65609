package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.SharedTier.Scope;
import io.marketbrain.pipeline.cache.SharedTier.ValueKey;
import java.util.List;

/**
 * Formats keys in Redis. All keys of one scope share a hash tag, so that the keys of a script are on one server of a cluster. The names of values contain the version of the envelope; those of epochs and the channel do not, because gateways of all versions share them.
 */
final class KeySpace {
    private final String prefix;

    KeySpace(String prefix) {
        this.prefix = prefix;
    }

    String channel() {
        return prefix + ":news";
    }

    /** Value, epoch, lease, turn. */
    List<byte[]> all(ValueKey key) {
        String value = value(key);
        return List.of(
                Link.bytes(value), epoch(key.scope()), Link.bytes(value + ":lease"), Link.bytes(value + ":turn"));
    }

    List<byte[]> valueAndEpoch(ValueKey key) {
        return List.of(Link.bytes(value(key)), epoch(key.scope()));
    }

    List<byte[]> valueEpochLease(ValueKey key) {
        String value = value(key);
        return List.of(Link.bytes(value), epoch(key.scope()), Link.bytes(value + ":lease"));
    }

    /** Any key of the scope, which selects the server, and the epoch. */
    List<byte[]> scope(Scope scope) {
        return List.of(epoch(scope), epoch(scope));
    }

    String value(ValueKey key) {
        return prefix + ":1:" + tag(key.scope()) + ":" + key.name();
    }

    private byte[] epoch(Scope scope) {
        return Link.bytes(prefix + ":epoch:" + tag(scope));
    }

    private static String tag(Scope scope) {
        return "{" + scope.provider() + ":" + scope.subject() + "}";
    }
}
