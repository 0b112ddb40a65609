package io.marketbrain.provider;

import io.marketbrain.model.InstrumentType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of a provider's lists of instruments, which is requested by itself.
 *
 * @param name what queries and responses call it; null for the first one
 * @param types what it has
 * @param weight what its request counts against the provider's quota
 * @param minTtl how long it is fresh at least
 */
public record SymbolListTerms(@Nullable String name, List<InstrumentType> types, int weight, Duration minTtl) {
    public SymbolListTerms {
        types = List.copyOf(types);
    }

    /** Whether the list can have instruments of a type; of any, if it is null. */
    public boolean mayHave(@Nullable InstrumentType type) {
        return type == null || types.stream().anyMatch(type::overlaps);
    }
}
