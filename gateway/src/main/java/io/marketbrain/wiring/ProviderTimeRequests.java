package io.marketbrain.wiring;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Asks providers for their time: messages of a feed do not say how it differs from the gateway's, but each response does. Only where
 * a feed seems to be ahead of the gateway, and at most once in {@link #PAUSE} for a provider. Thread-safe.
 */
final class ProviderTimeRequests {
    static final Duration PAUSE = Duration.ofMinutes(1);

    private final BiConsumer<ProviderId, MarketQuery> request;
    private final NanoClock nanoClock;
    private final Map<ProviderId, Long> asked = new HashMap<>();

    /** @param request sends a query to a provider, whose response is not used; must not block */
    ProviderTimeRequests(BiConsumer<ProviderId, MarketQuery> request, NanoClock nanoClock) {
        this.request = request;
        this.nanoClock = nanoClock;
    }

    /** Asks the provider of a channel with a quote, which costs least. */
    void ask(Channel channel) {
        if (isDue(channel.provider())) {
            request.accept(channel.provider(), new QuoteQuery(channel.provider(), channel.instrument(), null));
        }
    }

    private synchronized boolean isDue(ProviderId provider) {
        long now = nanoClock.nanos();
        Long before = asked.get(provider);
        if (before != null && now - before < PAUSE.toNanos()) {
            return false;
        }
        asked.put(provider, now);
        return true;
    }
}
