package io.marketbrain.mock;

import java.util.List;

/** An order book, best levels first; prices in ticks, sizes in lots. */
public record GeneratedBook(long time, List<Rung> bids, List<Rung> asks) {
    public record Rung(long price, long size) {}
}
