package io.marketbrain.wiring;

import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.pipeline.LayerReport;
import io.marketbrain.pipeline.cache.tier.MarketDataCodec;
import io.marketbrain.pipeline.stream.MarketEventSource;
import io.marketbrain.pipeline.stream.relay.DataCodec;
import io.marketbrain.pipeline.stream.relay.FeedShard;
import io.marketbrain.pipeline.stream.relay.RelayedSource;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.telemetry.Metric;
import io.marketbrain.wiring.metrics.RelayMetrics;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** The feeds that this gateway shares with others, each made when it is first listened to; none without a Redis. Thread-safe. */
final class FeedRelays implements AutoCloseable {
    /** The most trades, bars, levels a side or news items of an event. */
    private static final long MAX_RECORDS = 10_000;

    private static final DataCodec DATA = new DataCodec() {
        @Override
        public int version() {
            return MarketDataCodec.VERSION;
        }

        @Override
        public byte[] encode(MarketData data) {
            return MarketDataCodec.encode(data);
        }

        @Override
        public Optional<MarketData> decode(byte[] bytes) {
            return MarketDataCodec.decode(bytes, MAX_RECORDS);
        }
    };

    private final GatewayConfig config;
    private final InstantSource clock;
    private final NanoClock nanoClock;
    private final RandomGenerator random;
    private final Map<FeedShard, RelayedSource> relays = new HashMap<>();

    FeedRelays(GatewayConfig config, InstantSource clock, NanoClock nanoClock, RandomGenerator random) {
        this.config = config;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.random = random;
    }

    private boolean on() {
        return config.relay().on() && config.redis().url().isPresent();
    }

    /**
     * The source shared with other gateways; the source itself without a Redis.
     *
     * @param kind what of the provider it is: its feed, or its polling
     * @param carries whether the source has a channel
     */
    MarketEventSource shared(ProviderId provider, String kind, MarketEventSource source, Predicate<Channel> carries) {
        if (!on()) {
            return source;
        }
        // Gateways that use another address of the provider, such as that of its test network, have other data.
        ProviderConfig own = config.provider(provider);
        int address = Objects.hash(own.baseUrl(), own.feedUrl());
        String name = kind + "-" + HexFormat.of().toHexDigits(address);
        synchronized (relays) {
            return relays.computeIfAbsent(
                    new FeedShard(provider, name),
                    shard -> new RelayedSource(
                            shard, source, carries, DATA, config.relay(), config.redis(), nanoClock, clock, random));
        }
    }

    /** The counters of all shared feeds together; empty without a Redis. */
    List<LayerReport> reports() {
        if (!on()) {
            return List.of();
        }
        Map<String, Long> counters = counters();
        String state = counters.getOrDefault("alone", 0L) > 0 ? "without redis" : "ok";
        return List.of(new LayerReport(
                "stream",
                "relay",
                state,
                counters.getOrDefault("relayed", 0L),
                counters.getOrDefault("lost", 0L),
                counters));
    }

    /** The same as metrics. */
    List<Metric> metrics() {
        return on() ? RelayMetrics.of(counters()) : List.of();
    }

    private Map<String, Long> counters() {
        Map<String, Long> counters = new TreeMap<>();
        for (RelayedSource relay : all()) {
            relay.counters().forEach((name, value) -> counters.merge(name, value, Long::sum));
        }
        return counters;
    }

    private List<RelayedSource> all() {
        synchronized (relays) {
            return new ArrayList<>(relays.values());
        }
    }

    @Override
    public void close() {
        List<RelayedSource> present = all();
        present.forEach(RelayedSource::leave);
        present.forEach(RelayedSource::close);
    }
}
