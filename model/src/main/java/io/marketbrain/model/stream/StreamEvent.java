package io.marketbrain.model.stream;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.Mode;
import io.marketbrain.model.QualityFlag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a channel, in the order in which a listener must see it. A {@link Status} comes before the first data, since it
 * says where the data is from. Immutable.
 */
public sealed interface StreamEvent {

    /**
     * The state of the channel: what came before it is void. The first event that has data, and the one after a break.
     * For trades the latest ones, which a listener may have seen.
     *
     * @param receivedAt when the gateway received it
     * @param flags what a listener must know about the data, such as that a bar is partial
     */
    record Snapshot(MarketData data, Instant receivedAt, List<QualityFlag> flags) implements StreamEvent {
        public Snapshot {
            flags = List.copyOf(flags);
        }

        public Snapshot(MarketData data, Instant receivedAt) {
            this(data, receivedAt, List.of());
        }
    }

    /**
     * A change. A quote and an order book are whole; {@code Trades} has the new trades only, {@code Candles} the bars that
     * changed.
     *
     * @param receivedAt when the gateway received it
     * @param flags what a listener must know about the data, such as that a bar is partial
     */
    record Update(MarketData data, Instant receivedAt, List<QualityFlag> flags) implements StreamEvent {
        public Update {
            flags = List.copyOf(flags);
        }

        public Update(MarketData data, Instant receivedAt) {
            this(data, receivedAt, List.of());
        }
    }

    /**
     * The source cannot deliver the channel's data. Unless the failure is a {@link Failure.CallerFault}, it keeps trying, and a
     * {@link Status} says when it succeeds.
     */
    record Failed(Failure failure) implements StreamEvent {}

    /**
     * Events between two instants may be missing.
     *
     * @param from the last instant until which nothing is missing
     * @param to the instant from which nothing is missing again; a snapshot or an update follows
     * @param reason in words, for people
     */
    record Gap(Instant from, Instant to, String reason) implements StreamEvent {}

    /**
     * Where the data of the channel comes from from now on.
     *
     * @param reason why it is not live or not up; null where nothing is wrong
     * @param since when the feed entered this state
     */
    record Status(
            FeedState state,
            Mode mode,
            FeedTransport transport,
            @Nullable String reason,
            Instant since) implements StreamEvent {}

    /** Whether data arrives. */
    enum FeedState {
        CONNECTING,
        UP,
        /** Connected, but silent for longer than the channel's rhythm explains. */
        STALE,
        DOWN
    }

    /** How the gateway gets the data. */
    enum FeedTransport {
        /** The provider sends it. */
        WEBSOCKET,
        /** The gateway asks for it again and again, once for all listeners. */
        POLL,
        /** The simulated market, in this process. */
        SIMULATED,
        /** Another gateway receives it from the provider. */
        RELAY
    }
}
