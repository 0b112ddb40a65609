package io.marketbrain.facade.kraken;

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
import java.util.List;

/** The path of WebSockets, version 2 of Kraken's: {@code /v2}. Thread-safe. */
final class KrakenStreams {
    private final FacadeStreams facade;
    private final InstrumentMessage instruments;

    KrakenStreams(LiveStreams streams, ApiServices services, FacadeQueries queries, InstrumentMessage instruments) {
        this.facade = new FacadeStreams(streams, services, queries);
        this.instruments = instruments;
    }

    FacadeStreams facade() {
        return facade;
    }

    InstrumentMessage instruments() {
        return instruments;
    }

    Response open(Request request) throws RequestRejected {
        return facade.open(request, client -> new KrakenConversation(client, this));
    }

    /** What a subscription stands for; names of pairs are those of version 2, so {@code XBT/USD} is none. */
    List<Part<KrakenMessages>> parts(KrakenSubscription subscription, String pair) throws KrakenRefusal {
        return switch (facade.channel(pair, subscription.kind(), KrakenNames::feedPair)) {
            case Outcome.Success<Channel>(Channel found) ->
                List.of(new Part<>(found, new KrakenMessages(subscription, pair)));
            case Outcome.Failed<Channel>(Failure.UnknownInstrument _) ->
                throw new KrakenRefusal("Currency pair not supported " + pair);
            case Outcome.Failed<Channel>(Failure failure) -> throw new KrakenRefusal(KrakenReply.words(failure));
        };
    }
}
