package io.marketbrain.pipeline.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.policy.Expiry;
import io.marketbrain.pipeline.cache.policy.ExpiryPolicy;
import io.marketbrain.pipeline.cache.policy.KindTtls;
import io.marketbrain.pipeline.cache.policy.MarketClosures;
import io.marketbrain.pipeline.cache.policy.NegativeEntry;
import io.marketbrain.pipeline.cache.policy.QuoteLagConfig;
import io.marketbrain.pipeline.cache.policy.Ttl;
import io.marketbrain.pipeline.cache.policy.TtlConfig;
import io.marketbrain.pipeline.cache.tier.BoundPayloadCodec;
import io.marketbrain.pipeline.cache.tier.LocalTier;
import io.marketbrain.pipeline.cache.tier.SharedKeyCodec;
import io.marketbrain.pipeline.cache.tier.SharedTier;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallPoliciesTest {

    @ParameterizedTest
    @CsvSource({
        "STOCK, America/New_York, 2026-03-04T15:00:00Z, PT0S", // Wednesday, 10:00
        "STOCK, America/New_York, 2026-03-05T01:30:00Z, PT7H30M", // Wednesday, 20:30
        "STOCK, America/New_York, 2026-03-07T01:00:00Z, PT55H", // Friday, 20:00; the clocks change on Sunday
        "ETF, Europe/London, 2026-03-07T12:00:00Z, PT40H", // Saturday
        "STOCK, America/New_York, 2026-07-03T15:00:00Z, PT65H", // Independence Day, observed on Friday
        "STOCK, Nowhere/Here, 2026-03-07T12:00:00Z, PT0S",
        "FX, UTC, 2026-03-06T21:59:59Z, PT0S", // Friday, 16:59:59 in New York
        "FX, UTC, 2026-03-06T22:00:00Z, PT47H",
        "FX, UTC, 2026-03-08T21:00:00Z, PT0S", // Sunday, 17:00 in New York, summer time by now
        "CRYPTO, UTC, 2026-03-07T12:00:00Z, PT0S"
    })
    void a_market_is_closed_only_when_it_certainly_is(AssetType type, String zone, Instant now, Duration closed) {
        assertThat(MarketClosures.closedFor(type, null, zone, now)).isEqualTo(closed);
    }

    @ParameterizedTest
    @CsvSource({
        "XSTU, 2026-03-04T19:30:00Z, PT0S", // 20:30 in Stuttgart, which closes at 22:00
        "XSTU, 2026-03-04T21:30:00Z, PT5H30M",
        "XETR, 2026-03-04T19:30:00Z, PT7H30M"
    })
    void an_exchange_that_closes_late_is_not_closed_before(String mic, Instant now, Duration closed) {
        assertThat(MarketClosures.closedFor(AssetType.STOCK, mic, "Europe/Berlin", now))
                .isEqualTo(closed);
    }

    private static Expiry expiry(CacheConfig config, AssetType type, Instant wall) {
        return expiry(config, type, wall, Mode.LIVE);
    }

    private static Expiry expiry(CacheConfig config, AssetType type, Instant wall, Mode mode) {
        var instrument = new Instrument(type, "X", "USD", null, null);
        var listing = new Listing(instrument, "X", "NYSE", "America/New_York", "USD");
        var quote = new Quote(listing, BigDecimal.ONE, null, null, null, null, null, null, null, null, null, wall);
        var key = new CacheKey(new QuoteQuery(CacheSamples.BINANCE, instrument, null), mode.wire(), false);
        return new ExpiryPolicy(config).expiry(key, CacheSamples.answer(quote, mode), 0, 0.5, 0, wall);
    }

    @Test
    void tiers_take_at_most_their_share_of_a_small_heap() {
        CacheConfig small = CacheConfig.defaults().within(32 << 20);
        assertThat(small.l1MaxBytes()).isEqualTo(4 << 20);
        assertThat(small.fallbackMaxBytes()).isEqualTo(8 << 20);
        assertThat(CacheConfig.defaults().within(1 << 30)).isEqualTo(CacheConfig.defaults());
    }

    @Test
    void a_quote_of_a_closed_market_is_fresh_for_longer_but_not_beyond_the_opening() {
        var config = CacheSamples.oneMinute();
        assertThat(expiry(config, AssetType.STOCK, Instant.parse("2026-03-04T15:00:00Z"))
                        .soft())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(expiry(config, AssetType.STOCK, Instant.parse("2026-03-07T15:00:00Z"))
                        .soft())
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(expiry(config, AssetType.STOCK, Instant.parse("2026-03-04T08:57:00Z"))
                        .soft())
                .isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void a_mock_quote_is_never_fresh_for_longer_because_the_exchange_is_closed() {
        var config = CacheSamples.oneMinute();
        Instant saturday = Instant.parse("2026-03-07T15:00:00Z");
        assertThat(expiry(config, AssetType.STOCK, saturday, Mode.MOCK).soft())
                .isLessThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(expiry(config, AssetType.STOCK, saturday, Mode.REPLAY).soft())
                .isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void a_ttl_for_a_provider_takes_precedence_over_one_for_all() {
        var lifetimes = new TtlConfig(
                List.of(
                        new Ttl(Optional.of(CacheSamples.BINANCE), Operation.QUOTE, Duration.ofSeconds(5)),
                        new Ttl(Optional.empty(), Operation.QUOTE, Duration.ofSeconds(1))),
                KindTtls.defaults(),
                QuoteLagConfig.defaults(),
                Duration.ofDays(7),
                Duration.ofMinutes(2),
                10,
                Duration.ofMinutes(15));
        assertThat(lifetimes.findOverride(CacheSamples.BINANCE, Operation.QUOTE))
                .contains(Duration.ofSeconds(5));
        assertThat(lifetimes.findOverride(new ProviderId("kraken"), Operation.QUOTE))
                .contains(Duration.ofSeconds(1));
        assertThat(lifetimes.findOverride(CacheSamples.BINANCE, Operation.BOOK)).isEmpty();
    }

    @Test
    void a_full_tier_stays_within_its_limits_of_entries_and_bytes() {
        var ticker = new ManualNanoClock();
        var tier = new LocalTier(100, 1 << 20, ticker);
        long now = ticker.nanos();
        var expiry = new Expiry(
                now,
                now,
                now + 10,
                now + 10,
                now + 10,
                now + Duration.ofHours(1).toNanos(),
                false);
        QueryResult answer = CacheSamples.answer(CacheSamples.quoteOf("BTC", "1"));
        for (int i = 0; i < 1000; i++) {
            tier.put(new CacheKey(CacheSamples.quote("C" + i), "live", false), new CacheEntry(answer, expiry, 10));
        }
        assertThat(tier.entries()).isBetween(90L, 100L);
        // Requested twice, because a full tier prefers keys that are requested again to new ones.
        for (int i = 0; i < 2000; i++) {
            var key = new CacheKey(CacheSamples.quote("D" + i % 1000), "live", false);
            tier.put(key, new CacheEntry(answer, expiry, 100_000));
        }
        tier.entries();
        assertThat(tier.bytes()).isBetween(500_000L, 1L << 20);
        ticker.pass(Duration.ofHours(2));
        assertThat(tier.entries()).isZero();
        assertThat(tier.evictions()).isPositive();
    }

    @Test
    void an_older_answer_never_replaces_a_newer_one_and_a_failure_never_an_answer() {
        var ticker = new ManualNanoClock();
        var tier = new LocalTier(10, 1 << 20, ticker);
        var key = new CacheKey(CacheSamples.quote("BTC"), "live", false);
        long now = ticker.nanos();
        long later = now + Duration.ofMinutes(5).toNanos();
        QueryResult answer = CacheSamples.answer(CacheSamples.quoteOf("BTC", "1"));
        var newer = new CacheEntry(answer, new Expiry(now + 5, now, later, later, later, later, false), 1);
        var older = new CacheEntry(answer, new Expiry(now, now, later, later, later, later, false), 1);
        tier.put(key, newer);
        tier.put(key, older);
        tier.put(
                key,
                new NegativeEntry(new io.marketbrain.model.Failure.Faulty(CacheSamples.BINANCE, "x"), later, later, 1));
        assertThat(tier.find(key)).isSameAs(newer);
    }

    @Test
    void an_entry_reports_its_age_and_remaining_freshness() {
        var entry = new CacheEntry(
                CacheSamples.answer(CacheSamples.quoteOf("BTC", "1")), new Expiry(0, 0, 80, 100, 200, 300, false), 1);
        var note = entry.served(Tier.L1, io.marketbrain.model.CacheStatus.Forward.NONE, false, false, 130)
                .cache();
        assertThat(note.age()).isEqualTo(Duration.ofNanos(130));
        assertThat(note.ttl()).isEqualTo(Duration.ofNanos(-30));
        assertThat(note.maxAge()).isEqualTo(Duration.ofNanos(100));
        assertThat(note.staleFor()).isEqualTo(Duration.ofNanos(200));
    }

    @Test
    void key_names_are_safe_short_and_unique() {
        Set<String> names = new HashSet<>();
        for (String text : List.of("", "a b", "a_b", "{x}", "x".repeat(5000), "x".repeat(5001), "é", "\r\nFLUSHALL")) {
            var key = SharedKeyCodec.name(new CacheKey(new NewsQuery(CacheSamples.BINANCE, text, 5), "live", false));
            assertThat(key.scope().subject()).matches("[A-Za-z0-9/.@_~-]+").hasSizeLessThan(140);
            assertThat(key.name()).matches("[A-Za-z0-9/.@_~:-]+").hasSizeLessThan(200);
            names.add(key.scope().subject());
        }
        assertThat(names).hasSize(8);
    }

    @Test
    void each_page_of_each_list_has_its_own_key() {
        Set<String> names = new HashSet<>();
        for (@Nullable String list : new @Nullable String[] {null, "", "-", "swaps"}) {
            for (@Nullable String page : new @Nullable String[] {null, "", "-", "swaps"}) {
                var query = new SymbolsQuery(CacheSamples.BINANCE, list, page);
                names.add(
                        SharedKeyCodec.name(new CacheKey(query, "live", false)).name());
            }
        }
        assertThat(names).hasSize(16);
    }

    @Test
    void invalid_settings_are_rejected_by_name() {
        assertThatThrownBy(() -> CacheConfig.defaults().withSizes(0, 10)).hasMessageContaining("l1_max_size");
        assertThatThrownBy(() -> CacheConfig.defaults().withTtls(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO))
                .hasMessageContaining("l1_ttl");
        assertThatThrownBy(() -> new WarmingConfig(List.of("BTCUSDT"), Duration.ofMinutes(1), 1, 1))
                .hasMessageContaining("warming.symbols");
    }

    @Test
    void the_schema_version_is_part_of_a_key_but_not_of_its_purge_scope() {
        var key = SharedKeyCodec.name(new CacheKey(CacheSamples.quote("BTC"), "live", false));
        assertThat(key.name()).startsWith(Integer.toHexString(BoundPayloadCodec.SCHEMA) + ":");
        assertThat(key.scope()).isEqualTo(new SharedTier.Scope("binance", "BTC/USDT"));
    }
}
