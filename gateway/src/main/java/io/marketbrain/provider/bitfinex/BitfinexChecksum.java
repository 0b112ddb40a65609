package io.marketbrain.provider.bitfinex;

import io.marketbrain.model.MarketData.Level;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Bitfinex's checksum over an order book, https://docs.bitfinex.com/docs/ws-websocket-checksum: CRC-32, with a sign, over the 25 best
 * bids and asks in turn, {@code price:amount}, asks with negative amounts, the numbers as JavaScript writes them.
 */
final class BitfinexChecksum {
    /** The levels a side that it covers. */
    private static final int CHECKED = 25;
    /** Below it, JavaScript writes numbers with an exponent. */
    private static final BigDecimal LEAST_PLAIN = new BigDecimal("0.000001");

    private BitfinexChecksum() {}

    static long of(List<Level> bids, List<Level> asks) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < CHECKED; i++) {
            if (i < bids.size()) {
                parts.add(
                        written(bids.get(i).price()) + ":" + written(bids.get(i).size()));
            }
            if (i < asks.size()) {
                parts.add(written(asks.get(i).price()) + ":-"
                        + written(asks.get(i).size()));
            }
        }
        var crc = new CRC32();
        crc.update(String.join(":", parts).getBytes(StandardCharsets.US_ASCII));
        return (int) crc.getValue();
    }

    /** {@code 0.0000015}, but {@code 1.5e-7}. */
    static String written(BigDecimal value) {
        BigDecimal shortest = value.stripTrailingZeros();
        if (shortest.compareTo(LEAST_PLAIN) >= 0) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        return digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + "e" + exponent;
    }
}
