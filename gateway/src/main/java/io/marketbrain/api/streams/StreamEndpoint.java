package io.marketbrain.api.streams;

import io.marketbrain.api.access.AccessControl;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.stream.EventId;
import io.marketbrain.stream.StreamClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The path of server-sent events. What is wrong with a request is a problem document before the stream starts. Thread-safe. */
public final class StreamEndpoint {
    static final String MEDIA_TYPE = "text/event-stream";
    private static final String SYMBOLS = "symbols";

    private final LiveStreams streams;
    private final AccessControl access;
    private final ChannelReader reader;

    public StreamEndpoint(LiveStreams streams, SymbolResolver resolver, AccessControl access) {
        this.streams = streams;
        this.access = access;
        this.reader = new ChannelReader(
                resolver, streams.channels(), streams.hub().config().maxSubscriptions());
    }

    public Response stream(Request request) throws RequestRejected {
        var parameters = Parameters.withList(request, SYMBOLS, SYMBOLS, "kinds", Throttle.PARAMETER, "last_event_id");
        List<Channel> channels = RequestRejected.orReject(reader.read(
                ChannelReader.items(parameters.all(SYMBOLS)), ChannelReader.items(parameters.all("kinds"))));
        Duration throttle = Throttle.read(parameters);
        Optional<EventId> from = request.findHeader("Last-Event-ID")
                .or(() -> parameters.find("last_event_id"))
                .filter(text -> !text.isBlank())
                .map(text -> EventId.find(text).orElse(new EventId("", 0)));
        if (request.method().equals("HEAD")) {
            return headers(Response.of(200, MEDIA_TYPE, new byte[0]));
        }
        StreamClient client = RequestRejected.orReject(open(request, throttle, channels, from));
        return headers(Response.stream(MEDIA_TYPE, new SseStream(client, streams.hub())));
    }

    private Outcome<StreamClient> open(
            Request request, Duration throttle, List<Channel> channels, Optional<EventId> from) {
        return streams.hub().open(throttle, access.admission(request)).then(client -> {
            Optional<Failure> refusal = client.subscribe(channels, from);
            refusal.ifPresent(_ -> client.close());
            return refusal.<Outcome<StreamClient>>map(Outcome::failed).orElseGet(() -> Outcome.success(client));
        });
    }

    /** A stream must be neither stored nor compressed or collected on its way. */
    private static Response headers(Response response) {
        return response.with("Cache-Control", "no-store, no-transform").with("X-Accel-Buffering", "no");
    }
}
