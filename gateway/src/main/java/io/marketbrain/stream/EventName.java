package io.marketbrain.stream;

import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamKind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What an event is called in every protocol. */
public enum EventName {
    SNAPSHOT,
    QUOTE,
    TRADE,
    BOOK,
    CANDLE,
    NEWS,
    GAP,
    RESYNC,
    STATUS,
    ERROR;

    private final String wire = name().toLowerCase(Locale.ROOT);

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final byte[] ascii = wire.getBytes(StandardCharsets.US_ASCII);

    public String wire() {
        return wire;
    }

    /** The length of the name in bytes. */
    public int length() {
        return ascii.length;
    }

    /** Copies the name to {@code target}; returns the position after it. */
    public int copyTo(byte[] target, int at) {
        System.arraycopy(ascii, 0, target, at, ascii.length);
        return at + ascii.length;
    }

    /** Whether the event has data of its channel. */
    boolean isData() {
        return compareTo(NEWS) <= 0;
    }

    /** The name of updates of a kind. */
    static EventName of(StreamKind kind) {
        return switch (kind) {
            case StreamKind.Quotes _ -> QUOTE;
            case StreamKind.Trades _ -> TRADE;
            case StreamKind.Book _ -> BOOK;
            case StreamKind.Bars _ -> CANDLE;
            case StreamKind.News _ -> NEWS;
        };
    }

    static EventName of(StreamKind kind, StreamEvent event) {
        return switch (event) {
            case StreamEvent.Snapshot _ -> SNAPSHOT;
            case StreamEvent.Update _ -> of(kind);
            case StreamEvent.Gap _ -> GAP;
            case StreamEvent.Status _ -> STATUS;
            case StreamEvent.Failed _ -> ERROR;
        };
    }
}
