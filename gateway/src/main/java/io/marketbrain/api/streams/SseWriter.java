package io.marketbrain.api.streams;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.marketbrain.stream.Delivery;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes events in the format of server-sent events. What clients share is copied as it is; only the id and the number are
 * formatted for each. Not thread-safe.
 */
final class SseWriter {
    private static final byte[] EVENT = "\nevent: ".getBytes(US_ASCII);
    private static final byte[] DATA = "\ndata: {\"seq\":".getBytes(US_ASCII);
    private static final int MAX_HEAD = 256;

    private final byte[] head = new byte[MAX_HEAD];
    private final int afterEpoch;

    SseWriter(String epoch) {
        this.afterEpoch = copy(("id: " + epoch + ".").getBytes(US_ASCII), 0);
    }

    void write(Delivery delivery, OutputStream out) throws IOException {
        int at = DecimalDigits.put(delivery.position(), head, afterEpoch);
        at = copy(EVENT, at);
        at = delivery.name().copyTo(head, at);
        at = copy(DATA, at);
        at = DecimalDigits.put(delivery.seq(), head, at);
        head[at++] = ',';
        out.write(head, 0, at);
        out.write(delivery.body());
        out.write('\n');
        out.write('\n');
    }

    private int copy(byte[] text, int at) {
        System.arraycopy(text, 0, head, at, text.length);
        return at + text.length;
    }
}
