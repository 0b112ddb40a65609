package io.marketbrain.facade.binance;

import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.streams.LiveStreams;
import io.marketbrain.facade.FacadeStreams;
import io.marketbrain.facade.FacadeSubscriptions.Part;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The paths of WebSockets: {@code /ws}, {@code /ws/<stream>/<stream>} and {@code /stream?streams=}. Thread-safe. */
final class BinanceStreams {
    private final FacadeStreams facade;
    private final BinanceSymbolList list;
    private final RecentDepths depths;

    BinanceStreams(
            LiveStreams streams,
            ApiServices services,
            BinanceSource source,
            BinanceSymbolList list,
            RecentDepths depths) {
        this.facade = new FacadeStreams(streams, services, source.queries());
        this.list = list;
        this.depths = depths;
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
        return facade.open(request, client -> new BinanceConversation(client, this, wanted, combined));
    }

    /** What the name of a stream that is served stands for: one stream, or those of all symbols that the provider lists. */
    Outcome<List<Part<StreamMessages>>> parts(String name) {
        if (!BinanceStreamName.isOfAll(name)) {
            BinanceStreamName stream = BinanceStreamName.find(name).orElseThrow();
            return channel(stream).map(channel -> List.of(new Part<>(channel, messages(stream))));
        }
        return list.list().then(symbols -> {
            int most = facade.maxSubscriptions();
            return symbols.size() > most
                    ? Outcome.failed(new Failure.InvalidQuery(
                            "streams", name, "streams of single symbols: there are more than " + most + " symbols"))
                    : Outcome.success(ofAll(name, symbols.keySet()));
        });
    }

    private List<Part<StreamMessages>> ofAll(String name, Collection<String> symbols) {
        List<Part<StreamMessages>> parts = new ArrayList<>();
        for (BinanceStreamName stream : BinanceStreamName.ofAll(name, symbols)) {
            if (channel(stream) instanceof Outcome.Success<Channel>(Channel channel)) {
                parts.add(new Part<>(channel, messages(stream)));
            }
        }
        return parts;
    }

    /** The channel whose events a stream is made of. */
    private Outcome<Channel> channel(BinanceStreamName stream) {
        return facade.channel(stream.symbol(), stream.kind());
    }

    private StreamMessages messages(BinanceStreamName stream) {
        return new StreamMessages(stream, depths);
    }
}
