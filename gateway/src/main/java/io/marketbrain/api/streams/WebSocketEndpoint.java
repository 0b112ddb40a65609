package io.marketbrain.api.streams;

import io.marketbrain.api.access.AccessControl;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.http.websocket.WebSocketHandshake;
import io.marketbrain.http.websocket.WebSocketPushUpgrade;
import io.marketbrain.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The path of WebSockets (RFC 6455): the same events as those of server-sent events, but subscriptions can change. Thread-safe. */
public final class WebSocketEndpoint {
    /** The headers that the status of a rejected handshake may require. */
    private static final List<String> REQUIRED = List.of("Allow", "Upgrade", "Connection", "Sec-WebSocket-Version");

    /** The protocol that a client offers beside its key. */
    private static final String PROTOCOL = "marketbrain";

    private final LiveStreams streams;
    private final AccessControl access;
    private final StreamSockets sockets;

    public WebSocketEndpoint(LiveStreams streams, SymbolResolver resolver, AccessControl access, PathPrefix prefix) {
        this.streams = streams;
        this.access = access;
        var reader = new ChannelReader(
                resolver, streams.channels(), streams.hub().config().maxSubscriptions());
        this.sockets = new StreamSockets(streams.hub(), reader, prefix);
    }

    public Response open(Request request) throws RequestRejected {
        Duration throttle = Throttle.read(Parameters.of(request, Throttle.PARAMETER));
        return switch (WebSocketHandshake.check(request.method(), request.headers())) {
            case WebSocketHandshake.Rejected rejected -> {
                Response problem = ProblemResponses.reply(
                        rejected.status(),
                        "malformed-request",
                        "The request opens no WebSocket",
                        rejected.detail(),
                        request.callId());
                for (String name : REQUIRED) {
                    rejected.headers()
                            .get(name)
                            .ifPresent(header -> problem.headers().put(header));
                }
                yield problem;
            }
            case WebSocketHandshake.Accepted accepted -> {
                Optional<Failure> refusal = streams.hub().findRefusal();
                if (refusal.isPresent()) {
                    throw new RequestRejected(refusal.get());
                }
                Optional<String> protocol = chosen(accepted.protocols());
                BooleanSupplier admitted = access.admission(request);
                yield new Response(
                        101,
                        accepted.headers(protocol),
                        new WebSocketPushUpgrade(
                                streams.webSockets(),
                                (session, wake) -> sockets.open(session, wake, throttle, admitted)));
            }
        };
    }

    /**
     * A browser gives up if none of the protocols it offers is chosen. The one that carries a key is chosen only if there is no
     * other, so that the response need not repeat the key.
     */
    private static Optional<String> chosen(List<String> offered) {
        return offered.contains(PROTOCOL)
                ? Optional.of(PROTOCOL)
                : offered.stream()
                        .filter(protocol -> protocol.startsWith(AccessControl.KEY_PROTOCOL))
                        .findFirst();
    }
}
