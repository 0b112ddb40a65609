package io.marketbrain.facade.kraken;

import io.marketbrain.facade.BookChanges.Row;
import io.marketbrain.facade.BookChanges.Sides;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The checksum of an order book, https://docs.kraken.com/api/docs/guides/spot-ws-book-v2: CRC-32 over the digits of the ten best asks
 * and bids, as they are sent, without points and leading zeros. Pure.
 */
final class KrakenChecksum {
    private static final int LEVELS = 10;

    private KrakenChecksum() {}

    static long of(Sides book) {
        var text = new StringBuilder();
        append(text, book.asks());
        append(text, book.bids());
        var crc = new CRC32();
        crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
        return crc.getValue();
    }

    private static void append(StringBuilder text, List<Row> levels) {
        for (Row level : levels.subList(0, Math.min(LEVELS, levels.size()))) {
            text.append(digits(level.price())).append(digits(level.size()));
        }
    }

    private static String digits(String number) {
        return number.replace(".", "").replaceFirst("^0+", "");
    }
}
