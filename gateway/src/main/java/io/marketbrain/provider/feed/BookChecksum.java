package io.marketbrain.provider.feed;

import io.marketbrain.model.MarketData.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** A checksum over order books that several providers compute alike. */
public final class BookChecksum {
    /** The levels a side that it covers. */
    private static final int CHECKED = 25;

    private BookChecksum() {}

    /** CRC-32, with a sign, over the 25 best bids and asks in turn, {@code price:size}, with the digits as they were sent. */
    public static long alternating(List<Level> bids, List<Level> asks) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < CHECKED; i++) {
            if (i < bids.size()) {
                parts.add(text(bids.get(i)));
            }
            if (i < asks.size()) {
                parts.add(text(asks.get(i)));
            }
        }
        var crc = new CRC32();
        crc.update(String.join(":", parts).getBytes(StandardCharsets.US_ASCII));
        return (int) crc.getValue();
    }

    private static String text(Level level) {
        return level.price().toPlainString() + ":" + level.size().toPlainString();
    }
}
