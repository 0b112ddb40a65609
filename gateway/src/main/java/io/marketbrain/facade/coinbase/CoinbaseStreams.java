package io.marketbrain.facade.coinbase;

import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.streams.LiveStreams;
import io.marketbrain.facade.FacadeQueries;
import io.marketbrain.facade.FacadeStreams;
import io.marketbrain.facade.FacadeSubscriptions.Part;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;

/** The path of WebSockets, the root as at Coinbase. Thread-safe. */
final class CoinbaseStreams {
    private final FacadeStreams facade;

    CoinbaseStreams(LiveStreams streams, ApiServices services, FacadeQueries queries) {
        this.facade = new FacadeStreams(streams, services, queries);
    }

    FacadeStreams facade() {
        return facade;
    }

    Response open(Request request) throws RequestRejected {
        return facade.open(request, client -> new CoinbaseConversation(client, this));
    }

    /** What a channel of a product is made of. */
    Part<CoinbaseMessages> part(CoinbaseChannel channel, String product) throws CoinbaseRefusal {
        return switch (facade.channel(product, channel.kind(), CoinbaseProducts::id)) {
            case Outcome.Success<Channel>(Channel found) -> new Part<>(found, new CoinbaseMessages(channel, product));
            case Outcome.Failed<Channel>(Failure.UnknownInstrument _) ->
                throw CoinbaseRefusal.subscription(product + " is not a valid product");
            case Outcome.Failed<Channel>(Failure failure) -> throw CoinbaseRefusal.subscription(failure.message());
        };
    }
}
