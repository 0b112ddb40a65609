package io.marketbrain.security;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The credentials of this process, known in order to be taken out of any text: as they are, and as they stand in a query
 * string. Immutable.
 */
public final class KnownSecrets {
    private static final String MASK = "********";

    /** Shorter ones would mask ordinary words, and protect nothing. */
    private static final int SHORTEST = 4;

    private final List<String> longestFirst;

    public KnownSecrets(Collection<Secret> secrets) {
        this.longestFirst = secrets.stream()
                .map(Secret::reveal)
                .flatMap(value -> Stream.of(value, URLEncoder.encode(value, StandardCharsets.UTF_8)))
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The text with every known secret masked; the same text where there is none. */
    public String redact(String text) {
        String redacted = text;
        for (String secret : longestFirst) {
            redacted = redacted.replace(secret, MASK);
        }
        return redacted;
    }

    @Override
    public String toString() {
        return "KnownSecrets[" + longestFirst.size() + " forms]";
    }
}
