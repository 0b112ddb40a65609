package io.marketbrain.model.price;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last price of a session before or after the regular one.
 *
 * @param time when it was traded; null where the provider does not say
 */
public record SessionPrice(BigDecimal price, @Nullable Instant time) {}
