package io.marketbrain.provider.descriptor;

import java.time.Instant;

/**
 * A provider's code began to mean another asset.
 *
 * @param code the code
 * @param before the asset that the code meant before
 * @param at the first instant at which it means the present one
 */
public record AssetChange(String code, String before, Instant at) {}
