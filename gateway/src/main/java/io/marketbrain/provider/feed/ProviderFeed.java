package io.marketbrain.provider.feed;

import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One provider's feed as a source of events. Subscriptions share connections, as few as the provider's limits allow.
 * Thread-safe.
 */
public final class ProviderFeed implements MarketEventSource, AutoCloseable {
    private final FeedContext context;
    private final FeedLocation location;
    private final FeedGate gate;
    private final Function<Channel, Listing> listings;
    private final List<FeedConnection> connections = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();
    private boolean closed;

    /** Where a key is subscribed, and how many channels use it. */
    private static final class Place {
        private final FeedConnection connection;
        private int channels;

        Place(FeedConnection connection) {
            this.connection = connection;
        }
    }

    /**
     * @param location where to connect
     * @param listings how the provider spells an instrument
     */
    public ProviderFeed(FeedContext context, FeedLocation location, Function<Channel, Listing> listings) {
        this.context = context;
        this.location = location;
        this.gate = new FeedGate(context.nanoClock());
        this.listings = listings;
    }

    /** Whether the feed carries the channel; otherwise the provider must be polled. */
    public boolean carries(Channel channel) {
        return context.adapter().carries(new FeedChannel(listings.apply(channel), channel.kind()));
    }

    @Override
    public Subscription subscribe(Channel channel, EventSink sink) {
        var wanted = new FeedChannel(listings.apply(channel), channel.kind());
        String key = context.adapter().key(wanted);
        FeedConnection connection = placed(key);
        connection.join(key, wanted, channel, sink);
        return new Subscription() {
            private boolean ended;

            @Override
            public synchronized void close() {
                if (!ended) {
                    ended = true;
                    connection.leave(key, sink);
                    left(key);
                }
            }
        };
    }

    private synchronized FeedConnection placed(String key) {
        Place place = places.computeIfAbsent(key, _ -> new Place(roomiest()));
        if (place.channels++ == 0) {
            place.connection.reserve();
        }
        return place.connection;
    }

    private synchronized void left(String key) {
        Place place = places.get(key);
        if (place != null && --place.channels == 0) {
            places.remove(key);
            place.connection.release();
        }
    }

    /** The first connection with room; past the provider's limits the emptiest one, which the provider then refuses. */
    private FeedConnection roomiest() {
        FeedTerms terms = context.adapter().terms();
        FeedConnection emptiest = null;
        for (FeedConnection connection : connections) {
            if (connection.keys() < terms.channelsPerConnection()) {
                return connection;
            }
            if (emptiest == null || connection.keys() < emptiest.keys()) {
                emptiest = connection;
            }
        }
        if (emptiest != null && connections.size() >= terms.connections()) {
            return emptiest;
        }
        var added = new FeedConnection(context, gate, new AddressFinder(context, location));
        connections.add(added);
        if (!closed) {
            added.start();
        }
        return added;
    }

    /** The number of connections that are open now. */
    public synchronized int openConnections() {
        return (int) connections.stream().filter(FeedConnection::connected).count();
    }

    /** How often connections had to be opened again. */
    public synchronized long reconnects() {
        return connections.stream().mapToLong(FeedConnection::reconnects).sum();
    }

    @Override
    public synchronized void close() {
        closed = true;
        connections.forEach(FeedConnection::stop);
    }

    @Override
    public String toString() {
        return "feed of " + context.provider() + " over " + location.url();
    }
}
