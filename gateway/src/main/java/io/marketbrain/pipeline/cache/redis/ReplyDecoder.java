package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.redis.RedisOperation.Reply;
import io.marketbrain.pipeline.cache.tier.SharedTier.Found;
import io.marketbrain.pipeline.cache.tier.SharedTier.Lease;
import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Interprets the replies of the OPEN and PEEK scripts. Accepts any reply. Thread-safe. */
final class ReplyDecoder {
    private final RedisCounters counters;
    private final Consumer<String> onScriptError;
    private final Runnable onForeignReply;

    /**
     * Creates a decoder.
     *
     * @param onScriptError receives the error text when a script could not write
     * @param onForeignReply runs when a reply is none that the script returns, so that the server did not run it
     */
    ReplyDecoder(RedisCounters counters, Consumer<String> onScriptError, Runnable onForeignReply) {
        this.counters = counters;
        this.onScriptError = onScriptError;
        this.onForeignReply = onForeignReply;
    }

    /** Interprets the reply to OPEN, or to PEEK unless {@code mayLease}. */
    Found found(Reply reply, boolean mayLease, String owner) {
        if (!(reply instanceof Reply.Replied(Object answer))) {
            return new Found.Unavailable();
        }
        if (!(answer instanceof List<?> parts)
                || parts.size() != 5
                || !(parts.get(0) instanceof Long kind)
                || !(parts.get(1) instanceof byte[] stored)
                || !(parts.get(2) instanceof Long left)
                || !(parts.get(3) instanceof byte[] epoch)
                || !(parts.get(4) instanceof Long turn)) {
            onForeignReply.run();
            return new Found.Unavailable();
        }
        if (kind == 3) {
            onScriptError.accept(new String(stored, StandardCharsets.UTF_8));
            return new Found.Unavailable();
        }
        Optional<Value> value = ValueEnvelope.decode(stored, left);
        if (value.isEmpty() && stored.length > 0) {
            counters.count("redis_unreadable");
        }
        if (kind == 0) {
            return value.<Found>map(Found.Hit::new).orElseGet(Found.Unavailable::new);
        }
        if (kind == 1) {
            var lease = new Lease(new String(epoch, StandardCharsets.US_ASCII), owner, turn);
            return new Found.Leased(lease, value);
        }
        return mayLease ? new Found.LeasedElsewhere(value) : new Found.Unavailable();
    }
}
