package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.SettingRange;
import java.time.Duration;

/**
 * The settings of feeds that several gateways share.
 *
 * @param on whether feeds are shared where a Redis is configured
 * @param lease how long a gateway that no longer responds keeps a feed
 * @param ownFeedWait the longest random wait before a gateway opens its own feed because Redis does not respond
 * @param events how many events of a feed are kept in Redis, approximately
 * @param waiting how many bytes may wait to be published before they are dropped and a gap is announced
 * @param channels how many channels of a feed one gateway requests of the others
 */
public record RelayConfig(boolean on, Duration lease, Duration ownFeedWait, int events, long waiting, int channels) {
    /** Turns sharing off. */
    public static final String ON = "streams.relay";

    public static final SettingRange<Duration> LEASE =
            SettingRange.of("streams.relay_lease", Duration.ofMillis(500), Duration.ofMinutes(1));
    public static final SettingRange<Duration> OWN_FEED_WAIT =
            SettingRange.of("streams.relay_own_feed_wait", Duration.ZERO, Duration.ofMinutes(1));
    public static final SettingRange<Integer> EVENTS = SettingRange.of("streams.relay_events", 100, 1_000_000);
    public static final SettingRange<Long> WAITING =
            SettingRange.of("streams.relay_waiting", 512L * 1024, 256L * 1024 * 1024);
    public static final SettingRange<Integer> CHANNELS = SettingRange.of("streams.relay_channels", 1, 10_000);

    /** The lease is renewed so many times while it lasts, or more often. */
    private static final int RENEWALS = 8;

    /** Renewals also say what others want, so that they must not be rare. */
    private static final Duration RENEWAL = Duration.ofSeconds(1);

    /** A gateway that has not been heard of for so many leases is taken for gone, and what it wanted is forgotten. */
    private static final int ABSENCE = 5;

    public RelayConfig {
        LEASE.check(lease);
        OWN_FEED_WAIT.check(ownFeedWait);
        EVENTS.check(events);
        WAITING.check(waiting);
        CHANNELS.check(channels);
    }

    public static RelayConfig defaults() {
        return new RelayConfig(true, Duration.ofSeconds(2), Duration.ofSeconds(1), 1000, 4L * 1024 * 1024, 2000);
    }

    /** The time between two renewals. */
    Duration renewal() {
        Duration part = lease.dividedBy(RENEWALS);
        return part.compareTo(RENEWAL) < 0 ? part : RENEWAL;
    }

    /** How long what a gateway wants is remembered after its last renewal. */
    Duration interest() {
        return lease.multipliedBy(ABSENCE);
    }
}
