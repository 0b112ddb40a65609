package io.marketbrain.provider.feed;

import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import java.time.InstantSource;
import java.util.Random;

/**
 * What the connections of one provider's feed share.
 *
 * @param mode how the data of the feed is labelled
 * @param requests for first states and for what was missed
 * @param addresses for the addresses of connections, where the provider must be asked for them
 */
public record FeedContext(
        ProviderId provider,
        Mode mode,
        FeedAdapter adapter,
        FeedSocket.Dialer dialer,
        FeedRequests requests,
        AddressRequests addresses,
        InstantSource clock,
        NanoClock nanoClock,
        Random random) {}
