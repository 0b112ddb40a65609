package io.marketbrain.facade;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.ProviderId;
import java.math.BigDecimal;
import java.util.Optional;

/** The steps of prices and sizes, where they are known. Thread-safe. */
@FunctionalInterface
public interface PriceSteps {
    /** Steps of nothing are known. */
    PriceSteps NONE = (_, _) -> Optional.empty();

    /**
     * The smallest steps of an instrument.
     *
     * @param price every price is a multiple of this
     * @param size every size is a multiple of this
     */
    record Steps(BigDecimal price, BigDecimal size) {}

    Optional<Steps> find(ProviderId provider, Instrument instrument);
}
