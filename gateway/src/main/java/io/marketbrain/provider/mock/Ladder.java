package io.marketbrain.provider.mock;

import java.util.List;

/** An order book, best levels first; prices in ticks, sizes in lots. */
record Ladder(long time, List<Rung> bids, List<Rung> asks) {
    record Rung(long price, long size) {}
}
