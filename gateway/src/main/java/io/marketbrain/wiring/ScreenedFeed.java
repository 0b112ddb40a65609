package io.marketbrain.wiring;

import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.pipeline.quality.QualityLayer;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A feed whose values pass the quality checks of its provider, as responses do. Thread-safe. */
final class ScreenedFeed implements MarketEventSource {
    private final MarketEventSource feed;
    private final Function<ProviderId, Optional<QualityLayer>> quality;
    private final Consumer<Channel> refusedAsFuture;

    /**
     * @param quality the checks of a provider; empty if its values are not checked
     * @param refusedAsFuture told of a channel whose value was refused for its time
     */
    ScreenedFeed(
            MarketEventSource feed,
            Function<ProviderId, Optional<QualityLayer>> quality,
            Consumer<Channel> refusedAsFuture) {
        this.feed = feed;
        this.quality = quality;
        this.refusedAsFuture = refusedAsFuture;
    }

    @Override
    public Subscription subscribe(Channel channel, EventSink sink) {
        Optional<QualityLayer> checks = quality.apply(channel.provider());
        return feed.subscribe(
                channel,
                checks.isPresent() ? new ScreenedChannel(channel, checks.get(), refusedAsFuture, sink) : sink);
    }

    @Override
    public String toString() {
        return "quality → " + feed;
    }
}
