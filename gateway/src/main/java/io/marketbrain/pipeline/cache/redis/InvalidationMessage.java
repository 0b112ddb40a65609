package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import java.util.Optional;

/**
 * A message between gateways: keys only, never data. The format is {@code p} for a purge, {@code r} for a loaded key or {@code a} for a confirmed purge, then the sender's name, then the parts of the key or the name of the purge, separated by spaces. In a purge the sender's name is followed by a dot and the name of the purge; gateways without confirmations read both as the sender. Any other message comes from a gateway of another version and is ignored.
 */
sealed interface InvalidationMessage {
    /** The name of the sending gateway. */
    String from();

    /**
     * The sender has purged {@code scope}.
     *
     * @param purge names the purge in its confirmation; empty if the sender expects none
     */
    record Purged(String from, String purge, Scope scope) implements InvalidationMessage {}

    /** The sender has removed what it had in memory about the scope of {@code purge}. */
    record Confirmed(String from, String purge) implements InvalidationMessage {}

    record Ready(String from, ValueKey key) implements InvalidationMessage {}

    static String purged(String from, String purge, Scope scope) {
        return "p " + from + "." + purge + " " + scope.provider() + " " + scope.subject();
    }

    static String confirmed(String from, String purge) {
        return "a " + from + " " + purge;
    }

    static String ready(String from, ValueKey key) {
        return "r " + from + " " + key.scope().provider() + " " + key.scope().subject() + " " + key.name();
    }

    static Optional<InvalidationMessage> parse(String text) {
        String[] words = text.split(" ", 6);
        if (words.length == 4 && words[0].equals("p")) {
            String[] names = words[1].split("\\.", 2);
            return Optional.of(new Purged(names[0], names.length == 2 ? names[1] : "", new Scope(words[2], words[3])));
        }
        if (words.length == 3 && words[0].equals("a")) {
            return Optional.of(new Confirmed(words[1], words[2]));
        }
        if (words.length == 5 && words[0].equals("r")) {
            return Optional.of(new Ready(words[1], new ValueKey(new Scope(words[2], words[3]), words[4])));
        }
        return Optional.empty();
    }
}
