package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.ProviderId;
import io.marketbrain.store.redis.RedisConnection;

/**
 * The unit that one gateway holds: the feed of a provider, or its polling.
 *
 * @param name safe characters only; gateways with the same name share the feed
 */
public record FeedShard(ProviderId provider, String name) {

    /** The keys in Redis, which share a hash tag, so that they are on one server of a cluster. */
    Keys keys(String prefix, int version) {
        String start = prefix + ":feed:" + version + ":{" + provider + ":" + name + "}:";
        return new Keys(
                RedisConnection.bytes(start + "lease"),
                RedisConnection.bytes(start + "meta"),
                RedisConnection.bytes(start + "seen"),
                RedisConnection.bytes(start + "wanted"),
                RedisConnection.bytes(start + "asked"),
                RedisConnection.bytes(start + "events"));
    }

    /**
     * The keys of a shard.
     *
     * @param lease the token and the name of the holder
     * @param meta the last token, and a number that changes with what is wanted
     * @param seen the gateways that want something, by the time until which that counts
     * @param wanted what each of them wants
     * @param asked the channels whose state was asked for
     * @param events the stream of events
     */
    @SuppressWarnings("ArrayRecordComponent") // keys are never compared
    record Keys(byte[] lease, byte[] meta, byte[] seen, byte[] wanted, byte[] asked, byte[] events) {}

    @Override
    public String toString() {
        return "feed:" + provider + ":" + name;
    }
}
