package io.marketbrain.provider.mock;

import java.math.BigDecimal;

/**
 * One market to be mocked: what it is called, how it moves, how it is counted.
 *
 * @param name canonical name; the same name and seed is the same market
 * @param kind its class
 * @param params the numbers that shape its path
 * @param tick every price is a multiple of it
 * @param lot every size is a multiple of it
 * @param group name of the group it moves with, empty for none
 */
record Asset(String name, AssetClass kind, Params params, BigDecimal tick, BigDecimal lot, String group) {

    /** The same market in another provider's precision. */
    Asset withTick(BigDecimal other) {
        return new Asset(name, kind, params, other, lot, group);
    }
}
