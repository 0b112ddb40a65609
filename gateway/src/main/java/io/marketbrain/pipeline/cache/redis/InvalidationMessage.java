package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import java.util.Optional;

/**
 * A message between gateways: keys only, never data. The format is {@code p} for a purge or {@code r} for a loaded key, then the sender's name, then the parts of the key, separated by spaces. Any other message comes from a gateway of another version and is ignored.
 */
sealed interface InvalidationMessage {
    /** The name of the sending gateway. */
    String from();

    record Purged(String from, Scope scope) implements InvalidationMessage {}

    record Ready(String from, ValueKey key) implements InvalidationMessage {}

    static String purged(String from, Scope scope) {
        return "p " + from + " " + scope.provider() + " " + scope.subject();
    }

    static String ready(String from, ValueKey key) {
        return "r " + from + " " + key.scope().provider() + " " + key.scope().subject() + " " + key.name();
    }

    static Optional<InvalidationMessage> parse(String text) {
        String[] words = text.split(" ", 6);
        if (words.length == 4 && words[0].equals("p")) {
            return Optional.of(new Purged(words[1], new Scope(words[2], words[3])));
        }
        if (words.length == 5 && words[0].equals("r")) {
            return Optional.of(new Ready(words[1], new ValueKey(new Scope(words[2], words[3]), words[4])));
        }
        return Optional.empty();
    }
}
