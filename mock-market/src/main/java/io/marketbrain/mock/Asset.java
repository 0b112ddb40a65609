package io.marketbrain.mock;

import java.math.BigDecimal;

/**
 * One asset of the mock market: its name, price model and precision.
 *
 * @param name canonical name; the same name and seed give the same market
 * @param kind its class
 * @param params the parameters of its path
 * @param tick tick size, of which every price is a multiple
 * @param lot lot size, of which every size is a multiple
 * @param group name of its group; empty if it has none
 */
public record Asset(
        String name, AssetClass kind, PathParameters params, BigDecimal tick, BigDecimal lot, String group) {

    /** The same asset with another tick size. */
    Asset withTick(BigDecimal other) {
        return new Asset(name, kind, params, other, lot, group);
    }
}
