package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.MarketData;
import java.util.Optional;

/** The binary form of market data between gateways. Thread-safe. */
public interface DataCodec {
    /** Gateways with another version do not share feeds with this one. */
    int version();

    byte[] encode(MarketData data);

    /** Accepts any bytes; empty for what is not encoded market data. */
    Optional<MarketData> decode(byte[] bytes);
}
