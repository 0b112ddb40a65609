package io.marketbrain.provider.mapping.notation;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of the values of a query that templates may have in braces, such as {@code symbol}. */
public final class QueryNames {
    /** The provider's id of the base, where it has ids beside codes. */
    public static final String BASE_ID = "base_id";

    /** Those that say which instrument or series the query is about. */
    static final Set<String> SUBJECTS = Set.of(
            "symbol",
            "symbol_start",
            "symbol_end",
            "base",
            BASE_ID,
            "quote",
            "settle",
            "kind",
            "contract",
            "expiry",
            "mic",
            "id",
            "id_start",
            "id_end");

    /** Every name that a query may have a value for. */
    public static final Set<String> ALL = Stream.concat(
                    SUBJECTS.stream(),
                    Stream.of("adjustment", "interval", "query", "limit", "depth", "from", "to", "page"))
            .collect(Collectors.toUnmodifiableSet());

    private QueryNames() {}
}
