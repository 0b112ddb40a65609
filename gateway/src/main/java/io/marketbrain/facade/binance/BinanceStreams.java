package io.marketbrain.facade.binance;

import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.streams.LiveStreams;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.FacadeSockets;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;
import java.util.Arrays;
import java.util.List;

/** The paths of WebSockets: {@code /ws}, {@code /ws/<stream>/<stream>} and {@code /stream?streams=}. Thread-safe. */
final class BinanceStreams {
    private final LiveStreams streams;
    private final BinanceSource source;
    private final RecentDepths depths;
    private final FacadeSockets sockets;

    BinanceStreams(LiveStreams streams, ApiServices services, BinanceSource source, RecentDepths depths) {
        this.streams = streams;
        this.source = source;
        this.depths = depths;
        this.sockets = new FacadeSockets(streams, services);
    }

    /** Messages as they are. */
    Response raw(Request request) throws RequestRejected {
        return open(request, request.variable("symbol"), false);
    }

    /** Messages with the name of their stream. */
    Response combined(Request request) throws RequestRejected {
        String names = String.join("/", request.query().getOrDefault("streams", List.of()));
        return open(request, names, true);
    }

    private Response open(Request request, String names, boolean combined) throws RequestRejected {
        List<String> wanted = Arrays.stream(names.split("/", -1))
                .filter(name -> !name.isEmpty())
                .toList();
        Response opened = sockets.open(request, client -> new BinanceConversation(client, this, wanted, combined));
        return DataLabels.on(opened, source.isMocked());
    }

    /** The channel whose events a stream is made of. */
    Outcome<Channel> channel(BinanceStreamName stream) {
        return source.queries()
                .instrument(stream.symbol())
                .then(instrument -> streams.channels().find(new Channel(source.provider(), instrument, stream.kind())));
    }

    StreamMessages messages(BinanceStreamName stream) {
        return new StreamMessages(stream, depths);
    }
}
