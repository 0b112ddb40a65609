package io.marketbrain.wiring;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.RateLimit;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.stream.ChannelQuery;
import io.marketbrain.pipeline.stream.PollTerms;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.descriptor.Descriptor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** How often the channels of providers and of the simulated market are polled. */
final class StreamPeriods {
    private static final Duration NEWS = Duration.ofSeconds(5);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** So many simulated channels of a provider are looked at together, for which the process wakes up once. */
    private static final int FEW = 16;

    /** More are looked at at so many different instants, so that not all changes are sent to all clients at once. */
    private static final long PARTS = 1000;

    /** Quotes of the simulated market that do not change, as of a closed exchange, are looked at at least about so often. */
    private static final Duration UNCHANGED = Duration.ofSeconds(1);

    /** The simulated market knows the trades of a second when it is over. */
    private static final Duration AFTER_SECOND = Duration.ofMillis(5);

    /** At most one of so many calls that a provider allows is a poll. */
    private static final long SHARE = 2;

    private StreamPeriods() {}

    /**
     * The simulated market, which costs nothing: trades follow when their second is over, and quotes and books at multiples of
     * their period after that, few channels at the same instants.
     *
     * @param quotes the time between two quotes or books
     */
    static PollTerms simulated(Duration quotes, InstantSource clock) {
        return new PollTerms() {
            @Override
            public FeedTransport transport() {
                return FeedTransport.SIMULATED;
            }

            @Override
            public Duration period(Channel channel, int polled) {
                return pause(channel, polled, 0);
            }

            @Override
            public Duration pause(Channel channel, int polled, int unchanged) {
                return switch (channel.kind()) {
                    case StreamKind.Quotes _, StreamKind.Book _ -> {
                        long parts = polled <= FEW ? 1 : PARTS;
                        long part = Math.floorMod(channel.hashCode() * 31L, parts) * quotes.toNanos() / parts;
                        long times = Math.clamp(UNCHANGED.dividedBy(quotes), 1, 1L << unchanged);
                        yield untilNext(clock.instant(), quotes, times, part);
                    }
                    case StreamKind.Trades _, StreamKind.Bars _ -> untilNext(clock.instant(), SECOND, 1, 0);
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
     * The time until the next multiple of so many periods, after a part of one and what a second needs; a period more if less
     * than half of one is left, so that a clock that stands still does not make every pause short.
     */
    private static Duration untilNext(Instant now, Duration period, long times, long partNanos) {
        Instant shifted = now.minus(AFTER_SECOND);
        long passed = TimeUnit.SECONDS.toNanos(shifted.getEpochSecond()) + shifted.getNano() - partNanos;
        long length = times * period.toNanos();
        long left = length - Math.floorMod(passed, length);
        return Duration.ofNanos(left < period.toNanos() / 2 ? left + period.toNanos() : left);
    }

    /**
     * A live provider: as often as its data is fresh, but all its channels together take at most half of the calls, and of the
     * weight, that it allows.
     *
     * @param ttls how long the data of a query is fresh
     * @param descriptors the descriptor of a provider
     */
    static PollTerms polled(
            Function<MarketQuery, Duration> ttls, Function<ProviderId, Optional<Descriptor>> descriptors) {
        Map<ProviderId, ProviderModule> modules = new ConcurrentHashMap<>();
        return new PollTerms() {
            @Override
            public FeedTransport transport() {
                return FeedTransport.POLL;
            }

            @Override
            public Duration period(Channel channel, int polled) {
                MarketQuery query = ChannelQuery.of(channel);
                Duration period = ttls.apply(query);
                Optional<Descriptor> descriptor = descriptors.apply(channel.provider());
                if (descriptor.isEmpty()) {
                    return period;
                }
                int weight = module(descriptor.get()).weight(query);
                for (RateLimit rate : descriptor.get().limits().rates()) {
                    long cost = rate.counts() == RateLimit.Counts.CALLS ? 1 : weight;
                    Duration share =
                            rate.per().multipliedBy(SHARE * polled * cost).dividedBy(rate.amount());
                    period = share.compareTo(period) > 0 ? share : period;
                }
                return period;
            }

            @SuppressWarnings("ReferenceEquality") // a descriptor that was read again is another one
            private ProviderModule module(Descriptor descriptor) {
                return modules.compute(
                        descriptor.id(),
                        (_, known) -> known != null && known.descriptor() == descriptor
                                ? known
                                : BuiltInProviders.module(descriptor));
            }
        };
    }
}
