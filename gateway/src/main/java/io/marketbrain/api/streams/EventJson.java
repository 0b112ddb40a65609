package io.marketbrain.api.streams;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.stream.CandleLayer;
import io.marketbrain.stream.EventRenderer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Events as JSON: the members of the REST answer's {@code data}, after those that say which channel it is. Thread-safe. */
public final class EventJson implements EventRenderer {
    private final PathPrefix prefix;

    /** @param prefix what precedes the paths in the types of problems */
    public EventJson(PathPrefix prefix) {
        this.prefix = prefix;
    }

    @Override
    public byte[] render(Channel channel, StreamEvent event, StreamEvent.@Nullable Status status) {
        return switch (event) {
            case StreamEvent.Snapshot(var data, var receivedAt, var flags) ->
                data(channel, data, receivedAt, flags, status);
            case StreamEvent.Update(var data, var receivedAt, var flags) ->
                data(channel, data, receivedAt, flags, status);
            case StreamEvent.Gap(var from, var to, var reason) ->
                event(channel, json -> {
                    json.put("from", from).put("to", to).put("reason", reason);
                    json.strings("kinds", List.of(channel.kind().wire()));
                });
            case StreamEvent.Status said ->
                event(
                        channel,
                        json -> json.put("mock", said.mode() == Mode.MOCK)
                                .put("state", said.state().name().toLowerCase(Locale.ROOT))
                                .put("mode", said.mode().wire())
                                .put("transport", said.transport().name().toLowerCase(Locale.ROOT))
                                .put("reason", said.reason())
                                .put("since", said.since()));
            case StreamEvent.Failed(var failure) ->
                event(
                        channel,
                        json -> json.child(
                                "problem",
                                problem -> ProblemResponses.writeWithoutCall(problem, failure, prefix.text())));
        };
    }

    @Override
    public byte[] resync(Channel channel) {
        return event(
                channel,
                json -> json.put("reason", "the events since the last one that the client has are no longer known"));
    }

    private static byte[] data(
            Channel channel,
            MarketData data,
            Instant receivedAt,
            List<QualityFlag> flags,
            StreamEvent.@Nullable Status status) {
        Mode mode = status == null ? Mode.LIVE : status.mode();
        boolean fresh = status == null || status.state() == FeedState.UP;
        var provenance = new Provenance(
                channel.provider(),
                mode,
                mode == Mode.MOCK && status != null ? status.reason() : null,
                receivedAt,
                fresh ? Freshness.FRESH : Freshness.STALE,
                flags,
                List.of());
        return object(json -> {
            json.put("provider", channel.provider().value())
                    .put("kind", channel.kind().wire());
            json.put("mock", mode == Mode.MOCK);
            json.put("at", at(data));
            if (channel.kind() instanceof StreamKind.Bars) {
                json.put("partial", flags.stream().anyMatch(flag -> flag.code().equals(CandleLayer.PARTIAL)));
            }
            ResponseJson.writeData(json, data, provenance);
        });
    }

    private static @Nullable Instant at(MarketData data) {
        return data instanceof Trades trades && !trades.trades().isEmpty()
                ? trades.trades().getLast().time()
                : data.asOf();
    }

    private static byte[] event(Channel channel, Consumer<JsonDocument> members) {
        return object(json -> {
            json.put("provider", channel.provider().value())
                    .put("kind", channel.kind().wire())
                    .put("instrument", channel.instrument().unified());
            members.accept(json);
        });
    }

    private static byte[] object(Consumer<JsonDocument> members) {
        byte[] whole = JsonDocument.object(members);
        return Arrays.copyOfRange(whole, 1, whole.length);
    }
}
