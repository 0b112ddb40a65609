package io.marketbrain.provider.feed;

import java.time.Duration;

/**
 * The documented terms of a provider's feed.
 *
 * @param base the address of a connection: {@code wss://…}
 * @param channelsPerConnection the most channels on one connection
 * @param connections the most connections that this gateway opens
 * @param messageInterval the least time between two messages to the provider
 * @param heartbeat how often a message or ping keeps the connection open; also how soon silence is noticed
 * @param lifetime after which the provider closes a connection in any case
 * @param bookStart where the first state of an order book comes from
 */
public record FeedTerms(
        String base,
        int channelsPerConnection,
        int connections,
        Duration messageInterval,
        Duration heartbeat,
        Duration lifetime,
        BookStart bookStart) {

    /** Where the first state of an order book comes from. */
    public enum BookStart {
        /** The feed sends a snapshot after subscribing. */
        FEED,
        /** A request for the order book, whose sequence number the changes continue. */
        REQUEST
    }
}
