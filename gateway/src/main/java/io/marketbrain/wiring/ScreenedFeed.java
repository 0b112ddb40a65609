package io.marketbrain.wiring;

import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.pipeline.quality.QualityLayer;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import java.util.Optional;
import java.util.function.Function;

/** A feed whose values pass the quality checks of its provider, as responses do. Thread-safe. */
final class ScreenedFeed implements MarketEventSource {
    private final MarketEventSource feed;
    private final Function<ProviderId, Optional<QualityLayer>> quality;

    /** @param quality the checks of a provider; empty if its values are not checked */
    ScreenedFeed(MarketEventSource feed, Function<ProviderId, Optional<QualityLayer>> quality) {
        this.feed = feed;
        this.quality = quality;
    }

    @Override
    public Subscription subscribe(Channel channel, EventSink sink) {
        Optional<QualityLayer> checks = quality.apply(channel.provider());
        return feed.subscribe(channel, checks.isPresent() ? new ScreenedChannel(channel, checks.get(), sink) : sink);
    }

    @Override
    public String toString() {
        return "quality → " + feed;
    }
}
