package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.SharedTier.Scope;
import io.marketbrain.pipeline.cache.SharedTier.ValueKey;
import java.util.Optional;

/**
 * What gateways tell each other: keys only, never data. {@code p} for a purge, {@code r} for a key that is ready, then the
 * teller's name, then the words of the key, separated by spaces. Whatever else arrives is from a gateway of another
 * version, and is passed over.
 */
sealed interface News {
    /** Who tells it. */
    String from();

    record Purged(String from, Scope scope) implements News {}

    record Ready(String from, ValueKey key) implements News {}

    static String purged(String from, Scope scope) {
        return "p " + from + " " + scope.provider() + " " + scope.subject();
    }

    static String ready(String from, ValueKey key) {
        return "r " + from + " " + key.scope().provider() + " " + key.scope().subject() + " " + key.name();
    }

    static Optional<News> parse(String text) {
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
