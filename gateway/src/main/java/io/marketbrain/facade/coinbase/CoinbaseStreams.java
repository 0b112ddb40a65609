package io.marketbrain.facade.coinbase;

import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.streams.LiveStreams;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.FacadeQueries;
import io.marketbrain.facade.FacadeSockets;
import io.marketbrain.facade.FacadeSubscriptions.Part;
import io.marketbrain.facade.Pulse;
import io.marketbrain.model.Failure;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The path of WebSockets, the root as at Coinbase. Thread-safe. */
final class CoinbaseStreams {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final LiveStreams streams;
    private final FacadeQueries queries;
    private final FacadeSockets sockets;
    private final InstantSource clock;
    private final NanoClock nanoClock;

    CoinbaseStreams(LiveStreams streams, ApiServices services, FacadeQueries queries) {
        this.streams = streams;
        this.queries = queries;
        this.sockets = new FacadeSockets(streams, services);
        this.clock = services.clock();
        this.nanoClock = services.nanoClock();
    }

    Response open(Request request) throws RequestRejected {
        Response opened = sockets.open(request, client -> new CoinbaseConversation(client, this));
        return DataLabels.on(opened, queries.isMocked());
    }

    /** What a channel of a product is made of. */
    Part<CoinbaseMessages> part(CoinbaseChannel channel, String product) throws CoinbaseRefusal {
        Outcome<Channel> ours = queries.instrument(product)
                .then(instrument ->
                        streams.channels().find(new Channel(queries.provider(), instrument, channel.kind())));
        return switch (ours) {
            case Outcome.Success<Channel>(Channel found)
            when CoinbaseProducts.id(found.instrument()).equals(product) ->
                new Part<>(found, new CoinbaseMessages(channel, product));
            case Outcome.Success<Channel> _ -> throw unknown(product);
            case Outcome.Failed<Channel>(Failure failure)
            when failure instanceof Failure.UnknownInstrument || failure instanceof Failure.AmbiguousInstrument ->
                throw unknown(product);
            case Outcome.Failed<Channel>(Failure failure) -> throw CoinbaseRefusal.subscription(failure.message());
        };
    }

    private static CoinbaseRefusal unknown(String product) {
        return CoinbaseRefusal.subscription(product + " is not a valid product");
    }

    Instant now() {
        return clock.instant();
    }

    Pulse pulse() {
        return new Pulse(nanoClock, HEARTBEAT);
    }
}
