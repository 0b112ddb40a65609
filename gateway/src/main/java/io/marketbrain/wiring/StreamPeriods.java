package io.marketbrain.wiring;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.RateLimit;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.stream.ChannelQuery;
import io.marketbrain.pipeline.stream.PollTerms;
import io.marketbrain.provider.descriptor.Descriptor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** How often the channels of providers and of the simulated market are polled. */
final class StreamPeriods {
    private static final Duration QUOTES = Duration.ofMillis(250);
    private static final Duration NEWS = Duration.ofSeconds(5);
    private static final long SECOND = 1000;

    /** The simulated market knows the trades of a second when it is over. */
    private static final long AFTER_SECOND = 5;

    /** At most one of so many calls that a provider allows is a poll. */
    private static final int SHARE = 2;

    private StreamPeriods() {}

    /** The simulated market, which costs nothing: quotes four times a second, trades when their second is over. */
    static PollTerms simulated(InstantSource clock) {
        return new PollTerms() {
            @Override
            public FeedTransport transport() {
                return FeedTransport.SIMULATED;
            }

            @Override
            public Duration period(Channel channel, int polled) {
                return switch (channel.kind()) {
                    case StreamKind.Quotes _, StreamKind.Book _ -> QUOTES;
                    case StreamKind.Trades _, StreamKind.Bars _ ->
                        Duration.ofMillis(
                                SECOND - Math.floorMod(clock.instant().toEpochMilli(), SECOND) + AFTER_SECOND);
                    case StreamKind.News _ -> NEWS;
                };
            }

            @Override
            public Duration maxAge(Duration period) {
                return Duration.ZERO;
            }
        };
    }

    /**
     * A live provider: as often as its data is fresh, but all its channels together take at most half of the calls that it allows.
     *
     * @param ttls how long the data of a query is fresh
     * @param descriptors the descriptor of a provider
     */
    static PollTerms polled(
            Function<MarketQuery, Duration> ttls, Function<ProviderId, Optional<Descriptor>> descriptors) {
        return new PollTerms() {
            @Override
            public FeedTransport transport() {
                return FeedTransport.POLL;
            }

            @Override
            public Duration period(Channel channel, int polled) {
                Duration period = ttls.apply(ChannelQuery.of(channel));
                for (RateLimit rate : descriptors.apply(channel.provider()).stream()
                        .flatMap(descriptor -> descriptor.limits().rates().stream())
                        .toList()) {
                    Duration share =
                            rate.per().multipliedBy((long) SHARE * polled).dividedBy(rate.amount());
                    period = share.compareTo(period) > 0 ? share : period;
                }
                return period;
            }
        };
    }
}
