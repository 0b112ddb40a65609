package io.marketbrain.provider.transport;

import java.io.IOException;

/** Bytes that are read in order until there are none left, as they arrive. For one thread. */
interface ByteSource {
    /**
     * Reads at least one byte and {@code length} at the most; blocks until there is one. Returns how many, or -1 at the
     * end.
     */
    int read(byte[] into, int from, int length) throws IOException, InterruptedException;
}
