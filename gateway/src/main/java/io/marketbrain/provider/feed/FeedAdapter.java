package io.marketbrain.provider.feed;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.ProviderRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is particular to one provider's feed, as pure functions: no clock, no network, no state. Thread-safe. Channels are told
 * apart by keys, which the adapter chooses and which its signals name again.
 */
public interface FeedAdapter {

    FeedTerms terms();

    /** Whether the feed carries this kind of data about this symbol; what it does not carry is polled. */
    boolean carries(FeedChannel channel);

    /**
     * The key under which signals name the channel, such as {@code trades.BTCUSDT}. Channels with the same key share a
     * subscription, so that a depth that the provider does not offer can have the key of the next greater one.
     */
    String key(FeedChannel channel);

    /**
     * What the provider sends together, such as the trades and the order book of a symbol: channels of the same subscription
     * have keys of their own, but are subscribed to once. The default is one subscription for each key.
     */
    default String subscription(FeedChannel channel) {
        return key(channel);
    }

    /**
     * The request whose response names the address of the next connection; empty where {@link FeedTerms#base} is the
     * address. It is sent within the limits of the provider's other requests.
     */
    default Optional<ProviderRequest> addressRequest() {
        return Optional.empty();
    }

    /** The address in a successful response to {@link #addressRequest}. */
    default FeedAddress address(byte[] response) throws MalformedPayload {
        throw new MalformedPayload("an address that was not requested");
    }

    /** Messages that a connection begins with, before any subscription; most feeds need none. */
    default List<String> opening() {
        return List.of();
    }

    /** Messages that subscribe to the channels on an open connection. */
    List<String> subscribe(List<FeedChannel> channels);

    List<String> unsubscribe(List<FeedChannel> channels);

    /** Messages that end the subscription that the provider has {@linkplain FeedSignal.Bound named} so. */
    default List<String> unsubscribe(String alias) {
        return List.of();
    }

    /** A message as it is sent at an instant, which some providers want in it. */
    default String sentAt(Instant now, String message) {
        return message;
    }

    /** The message that keeps an idle connection open, sent every {@link FeedTerms#heartbeat}; empty for a ping frame. */
    default Optional<String> heartbeat() {
        return Optional.empty();
    }

    /** The text of a binary message; most feeds send none. */
    default String text(byte[] binary) throws MalformedPayload {
        throw new MalformedPayload("a binary message");
    }

    /**
     * What a message says, in its order.
     *
     * @throws MalformedPayload if it is not documented; the connection is given up then, and opened again
     */
    List<FeedSignal> parse(String message) throws MalformedPayload;

    /**
     * The provider's checksum over a book in its own way.
     *
     * @param bids from the highest price down, with the digits as sent
     * @param asks from the lowest price up
     */
    default OptionalLong checksum(List<Level> bids, List<Level> asks) {
        return OptionalLong.empty();
    }

    /**
     * Whether changes of order books have neither numbers nor checksums. Then a book that is crossed shows that one was missing, which
     * only holds where each message leaves a book as it is at the exchange.
     */
    default boolean sendsUncheckedBooks() {
        return false;
    }

    /** The levels a side of the order book that a request for its first state asks for: the most that the provider sends. */
    default int requestedDepth() {
        return 1_000;
    }

    /** The levels a side that the provider keeps for a channel; more are cut off after each change. */
    default int bookDepth(StreamKind.Book kind) {
        return Integer.MAX_VALUE;
    }
}
