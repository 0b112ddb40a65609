package io.marketbrain.provider.mock;

import java.util.List;

/** An order book in ticks and lots, the best levels first. */
record Ladder(long time, List<Rung> bids, List<Rung> asks) {
    record Rung(long price, long size) {}
}
