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

    /** The period doubles with each response that equals the one before it, up to this; by default it does not. */
    default Duration longestPeriod(Channel channel, Duration period) {
        return period;
    }

    /** How old a response may be that somebody else has requested; zero for none. */
    default Duration maxAge(Duration period) {
        return period.dividedBy(2);
    }
}
