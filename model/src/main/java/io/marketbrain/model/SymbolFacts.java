package io.marketbrain.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's list says about an instrument besides what it is; both may be null.
 *
 * @param contractSize how much one contract of a derivative is, in its base asset, or in its quote currency if it is settled in
 *     the base
 * @param isin the ISO 6166 number of a security
 */
public record SymbolFacts(
        @Nullable BigDecimal contractSize, @Nullable String isin) {}
