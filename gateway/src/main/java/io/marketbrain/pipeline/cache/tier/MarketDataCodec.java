package io.marketbrain.pipeline.cache.tier;

import io.marketbrain.model.MarketData;
import java.util.Optional;

/** Market data in the binary form in which cached values are shared, for other uses between gateways. Decoding accepts any bytes. Pure. */
public final class MarketDataCodec {
    /** The version of the form. */
    public static final int VERSION = BoundPayloadCodec.SCHEMA;

    private MarketDataCodec() {}

    public static byte[] encode(MarketData data) {
        var out = new ByteWriter();
        QueryResultCodec.write(out, data);
        return out.bytes();
    }

    /**
     * Returns the data; empty for anything else.
     *
     * @param maxRecords the most candles, trades, levels per side, observations or items
     */
    public static Optional<MarketData> decode(byte[] bytes, long maxRecords) {
        try {
            var in = new ByteReader(bytes);
            MarketData data = QueryResultCodec.data(in, maxRecords);
            return in.atEnd() ? Optional.of(data) : Optional.empty();
        } catch (RuntimeException invalid) {
            // The bytes are untrusted input: the records validate themselves, and any exception means an invalid value.
            return Optional.empty();
        }
    }
}
