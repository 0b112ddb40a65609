package io.marketbrain.config;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.cache.WarmingConfig;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.policy.CacheConfig.Refusals;
import io.marketbrain.pipeline.cache.policy.CacheConfig.Shared;
import io.marketbrain.pipeline.cache.policy.KindTtls;
import io.marketbrain.pipeline.cache.policy.QuoteLagConfig;
import io.marketbrain.pipeline.cache.policy.Ttl;
import io.marketbrain.pipeline.cache.policy.TtlConfig;
import io.marketbrain.store.redis.RedisConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The settings of the cache and of Redis. */
final class CacheSections {
    private final SettingsReader in;

    CacheSections(SettingsReader in) {
        this.in = in;
    }

    CacheConfig cache() {
        return in.section(CacheConfig.defaults(), d -> {
            int l1MaxSize =
                    in.integer(CacheConfig.L1_MAX_SIZE, d.l1MaxSize(), "How many entries the first cache tier holds.");
            long l1MaxBytes = in.bytes(
                    CacheConfig.L1_MAX_BYTES,
                    d.l1MaxBytes(),
                    "How much memory those entries may use; a small heap lowers it.");
            Duration l1Ttl = in.duration(
                    CacheConfig.L1_TTL,
                    d.l1Ttl(),
                    "How long data is fresh that has no time of its own; if it is set, it holds for every kind of data below whose time is not set.");
            CacheConfig.L1_TTL.check(l1Ttl);
            KindTtls unset = in.isSet(CacheConfig.L1_TTL)
                    ? KindTtls.all(l1Ttl)
                    : d.ttls().kinds();
            return new CacheConfig(
                    l1MaxSize,
                    l1MaxBytes,
                    l1Ttl,
                    in.duration(CacheConfig.L2_TTL, d.l2Ttl(), "How long data may be served at all, fresh or stale."),
                    in.duration(
                            CacheConfig.STALE_WHILE_REVALIDATE_WINDOW,
                            d.staleWhileRevalidateWindow(),
                            "How long, after it was fresh, data is still served at once while it is refreshed in the background, but never longer than it was fresh; after that it is served only when nothing newer is available."),
                    in.integer(
                            CacheConfig.FALLBACK_CACHE_SIZE,
                            d.fallbackCacheSize(),
                            "How many entries the in-memory tier holds that is used when Redis is not."),
                    in.bytes(
                            CacheConfig.FALLBACK_MAX_BYTES,
                            d.fallbackMaxBytes(),
                            "How much memory those entries may use; a small heap lowers it."),
                    in.arrayBytes(CacheConfig.MAX_VALUE_BYTES, d.maxValueBytes(), "The largest value that is cached."),
                    ttls(d.ttls(), unset),
                    refusals(d.refusals()),
                    in.duration(
                            CacheConfig.REFRESH_RETRY_AFTER,
                            d.refreshPause(),
                            "How long to wait before stale data is refreshed again after a refresh has failed."),
                    in.duration(
                            CacheConfig.LOAD_TIMEOUT,
                            d.loadTimeout(),
                            "How long loading data from a provider may take, even if the caller has given up."),
                    in.integer(
                            CacheConfig.MAX_REFRESHES,
                            d.refreshesAtOnce(),
                            "How many background refreshes run at once."),
                    in.integer(CacheConfig.CANDLE_BLOCK, d.candleBlock(), "How many candles form one cached block."),
                    in.integer(
                            CacheConfig.CANDLES_PER_CALL,
                            d.candlesPerCall(),
                            "How many candles are requested from a provider in one call."),
                    shared(d.shared()));
        });
    }

    /** @param unset the times of the kinds whose time is not set */
    private TtlConfig ttls(TtlConfig d, KindTtls unset) {
        return new TtlConfig(
                in.list(
                        "cache.ttl",
                        lifetime(),
                        d.own(),
                        "How long kinds of data are fresh, at all providers or at one, such as quote=1s,coinbase.quote=5s,news=10m; takes precedence over the times below."),
                kinds(unset),
                new QuoteLagConfig(
                        in.duration(
                                QuoteLagConfig.QUOTE_MAX_LAG,
                                d.lag().continuous(),
                                "How old a live quote or order book may be by its provider's clock (as_of) before it is labelled stale, in markets that trade around the clock."),
                        in.duration(
                                QuoteLagConfig.SESSION_QUOTE_MAX_LAG,
                                d.lag().sessions(),
                                "The same in markets with sessions, such as stock exchanges; only time in which they are certainly open counts.")),
                in.duration(
                        TtlConfig.FINISHED_CANDLE_TTL,
                        d.finishedCandles(),
                        "How long candles are cached whose period is over."),
                in.duration(
                        TtlConfig.CANDLE_SETTLING,
                        d.settling(),
                        "How long after its period a candle may still be corrected by its provider."),
                in.integer(
                        TtlConfig.QUOTA_STRETCH,
                        d.quotaStretch(),
                        "By which factor data may be fresh for longer while little is left of its provider's hourly, daily or monthly quota; 1 for not at all."),
                in.duration(
                        TtlConfig.CLOSED_MARKET_TTL,
                        d.closedMarket(),
                        "How long quotes, order books and trades are fresh while their market is closed."));
    }

    private KindTtls kinds(KindTtls d) {
        return new KindTtls(
                in.duration(KindTtls.QUOTE_TTL, d.quote(), "How long quotes are fresh."),
                in.duration(KindTtls.BOOK_TTL, d.book(), "How long order books are fresh."),
                in.duration(KindTtls.TRADES_TTL, d.trades(), "How long lists of trades are fresh."),
                in.duration(
                        KindTtls.CANDLES_TTL,
                        d.candles(),
                        "How long candles are fresh as long as any of them can still change."),
                in.duration(
                        KindTtls.SERIES_TTL,
                        d.series(),
                        "How long series are fresh, except those of the market (mark prices, funding rates)."),
                in.duration(KindTtls.NEWS_TTL, d.news(), "How long news is fresh."),
                in.duration(
                        KindTtls.MOCK_TTL,
                        d.mock(),
                        "How long mock data of any kind is fresh, except finished candles."));
    }

    private static Operation operation(String name) {
        return Operation.requestable().stream()
                .filter(operation -> operation.wire().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static SettingType<Ttl> lifetime() {
        String kinds = String.join(
                ", ", Operation.requestable().stream().map(Operation::wire).toList());
        return SettingType.of(
                "kind=time or provider.kind=time, each "
                        + SettingType.duration(Ttl.TTL).allowed() + "; kinds are " + kinds,
                text -> {
                    int equals = text.indexOf('=');
                    int dot = text.lastIndexOf('.', equals);
                    if (equals < 1) {
                        throw new IllegalArgumentException();
                    }
                    return new Ttl(
                            dot < 0
                                    ? Optional.empty()
                                    : Optional.of(new ProviderId(
                                            text.substring(0, dot).strip().toLowerCase(Locale.ROOT))),
                            operation(text.substring(dot + 1, equals).strip()),
                            QuantityFormat.duration(text.substring(equals + 1).strip()));
                },
                lifetime -> lifetime.provider().map(id -> id + ".").orElse("")
                        + lifetime.kind().wire() + "=" + QuantityFormat.show(lifetime.fresh()));
    }

    private Refusals refusals(Refusals d) {
        return new Refusals(
                in.duration(
                        Refusals.UNKNOWN_INSTRUMENT_TTL,
                        d.unknownInstrument(),
                        "How long to remember that a provider does not list an instrument."),
                in.duration(
                        Refusals.UPSTREAM_FAILURE_TTL_MIN,
                        d.upstreamMin(),
                        "How long a provider's first failure is remembered; it doubles with each further failure."),
                in.duration(
                        Refusals.UPSTREAM_FAILURE_TTL_MAX,
                        d.upstreamMax(),
                        "The longest time that a provider's failure is remembered."),
                in.duration(
                        Refusals.THROTTLED_TTL_MAX,
                        d.throttledMax(),
                        "The longest Retry-After of a provider that is obeyed."));
    }

    private Shared shared(Shared d) {
        return new Shared(
                in.duration(
                        Shared.REDIS_REQUEST_BUDGET,
                        d.budget(),
                        "How much time one request may spend on Redis for cached data, and at most as much again for limits and budgets."),
                in.duration(
                        Shared.REDIS_LEASE,
                        d.lease(),
                        "How long one gateway may hold the lease that stops others from loading the same data."),
                in.duration(
                        Shared.REDIS_ANNOUNCEMENT_WAIT,
                        d.announcement(),
                        "How long the others wait for that data when they have nothing to serve."));
    }

    RedisConfig redis() {
        return in.section(
                RedisConfig.defaults(),
                d -> new RedisConfig(
                        in.secret(
                                "redis.url",
                                "REDIS_URL",
                                "The Redis or Valkey server that gateways share: redis://[user:password@]host:port[/database], rediss:// for TLS, several host:port for a cluster, or redis+sentinel://host:port,host:port/master. Without it each gateway keeps its own cache."),
                        in.findPath(
                                "redis.ca_file",
                                "The PEM file with the certificate authorities to trust for Redis over TLS; without it, those that Java trusts. It is read again for each connection."),
                        in.duration(
                                RedisConfig.CONNECTION_TIMEOUT,
                                d.connectTimeout(),
                                "How long an attempt to connect may take; only calls that cost money wait for it."),
                        in.duration(
                                RedisConfig.OPERATION_TIMEOUT,
                                d.operationTimeout(),
                                "How long a write or a script may take; only calls that cost money wait for it."),
                        in.integer(RedisConfig.CONNECTIONS, d.connections(), "How many connections to Redis are used."),
                        in.integer(
                                RedisConfig.QUEUE, d.queue(), "How many reads and writes may wait for a connection."),
                        in.text("redis.prefix", d.prefix(), "The prefix of all keys in Redis."),
                        in.duration(
                                RedisConfig.PROBE_MIN,
                                d.probeMin(),
                                "The shortest delay before Redis is tried again after it was unavailable."),
                        in.duration(
                                RedisConfig.PROBE_MAX,
                                d.probeMax(),
                                "The longest delay before Redis is tried again after it was unavailable."),
                        in.duration(
                                RedisConfig.REFUSED_PROBE,
                                d.refusedProbe(),
                                "The delay before Redis is tried again after it rejected the password."),
                        in.duration(
                                RedisConfig.WRITE_PROBE,
                                d.writeProbe(),
                                "The delay before writing is tried again while Redis accepts no writes."),
                        in.integer(
                                RedisConfig.MISSED_WRITES,
                                d.missedWrites(),
                                "How many writes are kept until Redis is available again.")));
    }

    WarmingConfig warming() {
        return in.section(
                WarmingConfig.defaults(),
                d -> new WarmingConfig(
                        in.list(
                                "warming.symbols",
                                SettingType.text(),
                                d.symbols(),
                                "The quotes to keep in the cache at all times, each as provider:symbol."),
                        in.duration(
                                WarmingConfig.INTERVAL,
                                d.every(),
                                "How often those quotes are refreshed, varied by up to a tenth."),
                        in.integer(WarmingConfig.CONCURRENCY, d.atOnce(), "How many quotes are refreshed at once."),
                        in.integer(WarmingConfig.QUEUE, d.most(), "How many quotes may wait to be refreshed.")));
    }
}
