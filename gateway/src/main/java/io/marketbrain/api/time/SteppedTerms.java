package io.marketbrain.api.time;

import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.stream.PollTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * How often the channels of the time machine change, in simulated time: as often as those of the simulated market, or less often
 * where the time runs so fast that a client would get too many events. Immutable.
 */
final class SteppedTerms implements PollTerms {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NEWS = Duration.ofSeconds(5);

    /** The shortest real time between two events of a channel. */
    private static final Duration SHORTEST = Duration.ofMillis(20);

    private final Duration quotes;
    private final BigDecimal speed;

    /**
     * @param quotes the time between two quotes or books
     * @param speed of a time that runs by itself; zero for others
     */
    SteppedTerms(Duration quotes, BigDecimal speed) {
        this.quotes = quotes;
        this.speed = speed;
    }

    @Override
    public FeedTransport transport() {
        return FeedTransport.SIMULATED;
    }

    @Override
    public Duration period(Channel channel, int polled) {
        Duration period = switch (channel.kind()) {
            case StreamKind.Quotes _, StreamKind.Book _ -> quotes;
            case StreamKind.Trades _, StreamKind.Bars _ -> SECOND;
            case StreamKind.News _ -> NEWS;
        };
        BigDecimal shortest = speed.multiply(BigDecimal.valueOf(SHORTEST.toMillis()));
        BigDecimal times = shortest.divide(BigDecimal.valueOf(period.toMillis()), 0, RoundingMode.CEILING);
        return period.multipliedBy(Math.max(1, times.longValue()));
    }

    @Override
    public Duration maxAge(Duration period) {
        return Duration.ZERO;
    }
}
