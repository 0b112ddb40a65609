package io.marketbrain.facade;

import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.streams.LiveStreams;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.stream.StreamClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/** The streams of the provider whose data an emulated API has: WebSockets, and the channels of ours behind that API's names. Thread-safe. */
public final class FacadeStreams {
    private final LiveStreams streams;
    private final FacadeQueries queries;
    private final FacadeSockets sockets;
    private final InstantSource clock;
    private final NanoClock nanoClock;

    public FacadeStreams(LiveStreams streams, ApiServices services, FacadeQueries queries) {
        this.streams = streams;
        this.queries = queries;
        this.sockets = new FacadeSockets(streams, services);
        this.clock = services.clock();
        this.nanoClock = services.nanoClock();
    }

    /**
     * Opens a WebSocket.
     *
     * @param conversations makes the conversation with a client
     */
    public Response open(Request request, Function<StreamClient, FacadeConversation<?>> conversations)
            throws RequestRejected {
        return DataLabels.on(sockets.open(request, conversations), queries.isMocked());
    }

    /** The channel of the instrument that a symbol names. */
    public Outcome<Channel> channel(String symbol, StreamKind kind) {
        return queries.instrument(symbol)
                .then(instrument -> streams.channels().find(new Channel(queries.provider(), instrument, kind)));
    }

    /**
     * The same for an API that knows an instrument by one name only; any other is the name of an unknown instrument.
     *
     * @param names the name of an instrument
     */
    public Outcome<Channel> channel(String symbol, StreamKind kind, Function<Instrument, String> names) {
        return switch (channel(symbol, kind)) {
            case Outcome.Success<Channel>(Channel found)
            when !names.apply(found.instrument()).equals(symbol) -> unknown(symbol);
            case Outcome.Failed<Channel>(Failure.AmbiguousInstrument _) -> unknown(symbol);
            case Outcome<Channel> found -> found;
        };
    }

    private Outcome<Channel> unknown(String symbol) {
        return Outcome.failed(new Failure.UnknownInstrument(queries.provider(), symbol));
    }

    /** The most subscriptions that a client can have. */
    public int maxSubscriptions() {
        return streams.hub().config().maxSubscriptions();
    }

    public Instant now() {
        return clock.instant();
    }

    /** A pulse by the real time, whatever the time of the data is; see {@link Pulse}. */
    public Pulse pulse(Duration period, boolean inSilenceOnly) {
        return new Pulse(nanoClock, period, inSilenceOnly);
    }
}
