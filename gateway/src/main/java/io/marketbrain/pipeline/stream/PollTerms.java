package io.marketbrain.pipeline.stream;

import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import java.time.Duration;

/** How a source is polled. Thread-safe. */
public interface PollTerms {
    /** What listeners are told. */
    FeedTransport transport();

    /**
     * The time until the next request for a channel.
     *
     * @param polled how many channels of the same provider are polled now
     */
    Duration period(Channel channel, int polled);

    /**
     * The time until the next request for a channel whose data may not have changed for a while; by default the same.
     *
     * @param unchanged how many responses in succession equalled the one before them, up to 10
     */
    default Duration pause(Channel channel, int polled, int unchanged) {
        return period(channel, polled);
    }

    /** How old a response may be that somebody else has requested; zero for none. */
    default Duration maxAge(Duration period) {
        return period.dividedBy(2);
    }
}
