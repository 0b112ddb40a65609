package io.marketbrain.facade.kraken;

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
import io.marketbrain.model.Instrument;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The path of WebSockets, version 2 of Kraken's: {@code /v2}. Thread-safe. */
final class KrakenStreams {
    /** After how much silence a client gets a heartbeat. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final LiveStreams streams;
    private final FacadeQueries queries;
    private final InstrumentMessage instruments;
    private final FacadeSockets sockets;
    private final InstantSource clock;
    private final NanoClock nanoClock;

    KrakenStreams(LiveStreams streams, ApiServices services, FacadeQueries queries, InstrumentMessage instruments) {
        this.streams = streams;
        this.queries = queries;
        this.instruments = instruments;
        this.sockets = new FacadeSockets(streams, services);
        this.clock = services.clock();
        this.nanoClock = services.nanoClock();
    }

    Response open(Request request) throws RequestRejected {
        Response opened = sockets.open(request, client -> new KrakenConversation(client, this));
        return DataLabels.on(opened, queries.isMocked());
    }

    /** What a subscription stands for; names of pairs are those of version 2, so {@code XBT/USD} is none. */
    List<Part<KrakenMessages>> parts(KrakenSubscription subscription, String pair) throws KrakenRefusal {
        Outcome<Channel> channel = queries.instrument(pair)
                .then(instrument ->
                        streams.channels().find(new Channel(queries.provider(), instrument, subscription.kind())));
        return switch (channel) {
            case Outcome.Success<Channel>(Channel found)
            when isNameOf(pair, found.instrument()) ->
                List.of(new Part<>(found, new KrakenMessages(subscription, pair)));
            case Outcome.Success<Channel> _ -> throw unknown(pair);
            case Outcome.Failed<Channel>(Failure failure)
            when failure instanceof Failure.UnknownInstrument || failure instanceof Failure.AmbiguousInstrument ->
                throw unknown(pair);
            case Outcome.Failed<Channel>(Failure failure) -> throw new KrakenRefusal(KrakenReply.words(failure));
        };
    }

    private static boolean isNameOf(String pair, Instrument instrument) {
        return KrakenNames.feedPair(instrument).equals(pair);
    }

    private static KrakenRefusal unknown(String pair) {
        return new KrakenRefusal("Currency pair not supported " + pair);
    }

    InstrumentMessage instruments() {
        return instruments;
    }

    Instant now() {
        return clock.instant();
    }

    Pulse pulse() {
        return new Pulse(nanoClock, SILENCE);
    }
}
