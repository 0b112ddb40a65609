package io.marketbrain.facade.coinbase;

import io.marketbrain.model.stream.StreamKind;
import java.util.Optional;

/** The channels of Coinbase's feed that are served. */
enum CoinbaseChannel {
    TICKER("ticker", new StreamKind.Quotes()),
    TICKER_BATCH("ticker_batch", new StreamKind.Quotes()),
    MATCHES("matches", new StreamKind.Trades()),
    /** The number of the last trade, every second. */
    HEARTBEAT("heartbeat", new StreamKind.Trades()),
    LEVEL2("level2", new StreamKind.Book(CoinbaseChannel.LEVELS)),
    LEVEL2_BATCH("level2_batch", new StreamKind.Book(CoinbaseChannel.LEVELS));

    /** How many levels a side a book has; Coinbase's own has all. */
    static final int LEVELS = 100;

    private final String wire;

    @SuppressWarnings("ImmutableEnumChecker") // kinds are immutable
    private final StreamKind kind;

    CoinbaseChannel(String wire, StreamKind kind) {
        this.wire = wire;
        this.kind = kind;
    }

    String wire() {
        return wire;
    }

    /** Whose events its messages are made of. */
    StreamKind kind() {
        return kind;
    }

    static Optional<CoinbaseChannel> find(String wire) {
        for (CoinbaseChannel channel : values()) {
            if (channel.wire.equals(wire)) {
                return Optional.of(channel);
            }
        }
        return Optional.empty();
    }
}
