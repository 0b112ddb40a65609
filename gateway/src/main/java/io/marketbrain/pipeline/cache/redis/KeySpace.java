package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.SharedTier.Scope;
import io.marketbrain.pipeline.cache.SharedTier.ValueKey;
import java.util.List;

/**
 * How keys are spelled in Redis. All about one scope shares a hash tag, so that a script's keys live on one server of a
 * cluster. Values carry the envelope's version in their name, epochs and the channel do not: gateways of all versions
 * share them.
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

    /** A place in the scope, and its epoch. */
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
