package io.marketbrain.config;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.cache.CacheConfig;
import io.marketbrain.pipeline.cache.CacheConfig.Refusals;
import io.marketbrain.pipeline.cache.CacheConfig.Shared;
import io.marketbrain.pipeline.cache.Lifetime;
import io.marketbrain.pipeline.cache.Lifetimes;
import io.marketbrain.pipeline.cache.WarmingConfig;
import io.marketbrain.pipeline.cache.redis.RedisConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The part of the catalogue that is about the cache. */
final class CacheSections {
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofDays(30);

    private final SettingsReader in;

    CacheSections(SettingsReader in) {
        this.in = in;
    }

    CacheConfig cache() {
        return in.section(
                CacheConfig.defaults(),
                d -> new CacheConfig(
                        in.integer(
                                "cache.l1_max_size",
                                d.l1MaxSize(),
                                1,
                                1_000_000,
                                "How many answers the first tier holds."),
                        in.bytes(
                                "cache.l1_max_bytes",
                                d.l1MaxBytes(),
                                1 << 10,
                                1L << 40,
                                "How much memory those may take."),
                        in.duration(
                                "cache.l1_ttl",
                                d.l1Ttl(),
                                LEAST,
                                MOST,
                                "How long an answer is fresh, where cache.ttl says nothing else."),
                        in.duration("cache.l2_ttl", d.l2Ttl(), LEAST, MOST, "How long an answer may be served at all."),
                        in.duration(
                                "cache.stale_while_revalidate_window",
                                d.staleWhileRevalidateWindow(),
                                Duration.ZERO,
                                MOST,
                                "How long, after it was fresh, an answer is served at once while it is refreshed; from"
                                        + " then on it only serves when nothing newer can be had."),
                        in.integer(
                                "cache.fallback_cache_size",
                                d.fallbackCacheSize(),
                                1,
                                10_000_000,
                                "How many answers the tier holds that stands in for Redis."),
                        in.bytes(
                                "cache.fallback_max_bytes",
                                d.fallbackMaxBytes(),
                                1 << 10,
                                1L << 40,
                                "How much memory those may take."),
                        (int) in.bytes(
                                "cache.max_value_bytes",
                                d.maxValueBytes(),
                                1 << 10,
                                64 << 20,
                                "The largest answer that is kept."),
                        lifetimes(d.lifetimes()),
                        refusals(d.refusals()),
                        in.duration(
                                "cache.refresh_pause",
                                d.refreshPause(),
                                Duration.ZERO,
                                MOST,
                                "How long a stale answer is left alone after its refresh failed."),
                        in.duration(
                                "cache.load_timeout",
                                d.loadTimeout(),
                                LEAST,
                                Duration.ofMinutes(10),
                                "How long a provider's answer is waited for, whoever asked."),
                        in.integer(
                                "cache.refreshes_at_once",
                                d.refreshesAtOnce(),
                                1,
                                1000,
                                "How many background refreshes run at a time."),
                        in.integer(
                                "cache.candle_block",
                                d.candleBlock(),
                                1,
                                1000,
                                "How many bars make one kept piece of a candle range."),
                        in.integer(
                                "cache.candles_per_call",
                                d.candlesPerCall(),
                                1,
                                10_000,
                                "How many bars are asked of a provider at once."),
                        shared(d.shared())));
    }

    private Lifetimes lifetimes(Lifetimes d) {
        return new Lifetimes(
                in.list(
                        "cache.ttl",
                        lifetime(),
                        d.own(),
                        "How long a kind of data is fresh, at all providers or at one, such as"
                                + " quote=1s,coinbase.quote=5s,news=10m."),
                in.duration(
                        "cache.finished_candle_ttl",
                        d.finishedCandles(),
                        LEAST,
                        Duration.ofDays(365),
                        "How long candles are kept whose time is over."),
                in.duration(
                        "cache.candle_settling",
                        d.settling(),
                        Duration.ZERO,
                        Duration.ofDays(7),
                        "How long after its end a candle may still be corrected."),
                in.duration(
                        "cache.closed_market_ttl",
                        d.closedMarket(),
                        LEAST,
                        MOST,
                        "How long quotes, books and trades are fresh while their market is closed."));
    }

    private static Operation operation(String name) {
        return Operation.requestable().stream()
                .filter(operation -> operation.wire().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static Kind<Lifetime> lifetime() {
        String kinds = String.join(
                ", ", Operation.requestable().stream().map(Operation::wire).toList());
        return Kind.of(
                "kind=time or provider.kind=time; kinds are " + kinds,
                text -> {
                    int equals = text.indexOf('=');
                    int dot = text.lastIndexOf('.', equals);
                    if (equals < 1) {
                        throw new IllegalArgumentException();
                    }
                    return new Lifetime(
                            dot < 0
                                    ? Optional.empty()
                                    : Optional.of(new ProviderId(
                                            text.substring(0, dot).strip().toLowerCase(Locale.ROOT))),
                            operation(text.substring(dot + 1, equals).strip()),
                            Quantities.duration(text.substring(equals + 1).strip()));
                },
                lifetime -> lifetime.provider().map(id -> id + ".").orElse("")
                        + lifetime.kind().wire() + "=" + Quantities.show(lifetime.fresh()));
    }

    private Refusals refusals(Refusals d) {
        return new Refusals(
                in.duration(
                        "cache.unknown_instrument_ttl",
                        d.unknownInstrument(),
                        Duration.ZERO,
                        MOST,
                        "How long it is remembered that a provider does not list an instrument."),
                in.duration(
                        "cache.upstream_failure_ttl_min",
                        d.upstreamMin(),
                        LEAST,
                        MOST,
                        "How long a provider's first fault is remembered; doubles with each further one."),
                in.duration(
                        "cache.upstream_failure_ttl_max",
                        d.upstreamMax(),
                        LEAST,
                        MOST,
                        "How long a provider's fault is remembered at the most."),
                in.duration(
                        "cache.throttled_ttl_max",
                        d.throttledMax(),
                        LEAST,
                        MOST,
                        "The longest pause that a provider may ask for and get."));
    }

    private Shared shared(Shared d) {
        return new Shared(
                in.duration(
                        "cache.redis_request_budget",
                        d.budget(),
                        LEAST,
                        Duration.ofSeconds(10),
                        "How much of a request's time may go to Redis, all of it together."),
                in.duration(
                        "cache.redis_lease",
                        d.lease(),
                        LEAST,
                        Duration.ofMinutes(10),
                        "How long one gateway may keep the others from asking a provider the same."),
                in.duration(
                        "cache.redis_announcement_wait",
                        d.announcement(),
                        Duration.ZERO,
                        Duration.ofSeconds(10),
                        "How long the others wait for its answer where they have none."));
    }

    RedisConfig redis() {
        return in.section(
                RedisConfig.defaults(),
                d -> new RedisConfig(
                        in.secret(
                                "redis.url",
                                "REDIS_URL",
                                "The Redis or Valkey that gateways share: redis://[user:password@]host:port[/database],"
                                        + " rediss:// over TLS, several host:port of a cluster, or"
                                        + " redis+sentinel://host:port,host:port/master. Without it each gateway keeps to"
                                        + " itself."),
                        in.findPath(
                                "redis.ca_file",
                                "The certificate authorities, as PEM, that vouch for a Redis over TLS; without it those"
                                        + " that Java trusts. Read at each connection."),
                        in.duration(
                                "redis.connection_timeout",
                                d.connectTimeout(),
                                LEAST,
                                Duration.ofMinutes(1),
                                "How long an attempt to connect may take; nobody waits for it."),
                        in.duration(
                                "redis.operation_timeout",
                                d.operationTimeout(),
                                LEAST,
                                Duration.ofMinutes(1),
                                "How long a write may take; nobody waits for it."),
                        in.integer(
                                "redis.connections",
                                d.connections(),
                                1,
                                64,
                                "How many connections carry reads and writes."),
                        in.integer(
                                "redis.queue", d.queue(), 1, 1_000_000, "How many reads and writes may wait for them."),
                        in.text("redis.prefix", d.prefix(), "What all keys begin with."),
                        in.duration(
                                "redis.probe_min",
                                d.probeMin(),
                                LEAST,
                                Duration.ofMinutes(1),
                                "The shortest pause before Redis is tried again when it is down."),
                        in.duration("redis.probe_max", d.probeMax(), LEAST, Duration.ofMinutes(10), "The longest one."),
                        in.duration(
                                "redis.refused_probe",
                                d.refusedProbe(),
                                LEAST,
                                Duration.ofMinutes(10),
                                "The pause before Redis is tried again when it refused the password."),
                        in.duration(
                                "redis.write_probe",
                                d.writeProbe(),
                                LEAST,
                                Duration.ofMinutes(10),
                                "The pause before writing is tried again when Redis takes no writes."),
                        in.integer(
                                "redis.missed_writes",
                                d.missedWrites(),
                                0,
                                100_000,
                                "How many writes are kept for when Redis is back.")));
    }

    WarmingConfig warming() {
        return in.section(
                WarmingConfig.defaults(),
                d -> new WarmingConfig(
                        in.list(
                                "warming.symbols",
                                Kind.text(),
                                d.symbols(),
                                "The quotes that are kept warm in the background, as provider:symbol."),
                        in.duration(
                                "warming.every",
                                d.every(),
                                LEAST,
                                MOST,
                                "How often they are asked for, give or take a tenth."),
                        in.integer("warming.at_once", d.atOnce(), 1, 100, "How many are asked for at a time."),
                        in.integer("warming.most", d.most(), 1, 100_000, "How many may be waiting to be asked for.")));
    }
}
