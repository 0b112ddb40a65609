package io.marketbrain.pipeline.cache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteLagPolicyTest {
    private final QuoteLagPolicy policy = new QuoteLagPolicy(QuoteLagConfig.defaults());

    private String staleFrom(AssetType type, String zone, String asOf) {
        return policy.staleFrom(type, null, zone, Instant.parse(asOf), Duration.ZERO)
                .map(Instant::toString)
                .orElse("never");
    }

    @ParameterizedTest
    @CsvSource({
        // Crypto trades at any time.
        "CRYPTO, UTC, 2026-03-07T12:00:00Z, 2026-03-07T12:05:00Z",
        // Foreign exchange closes on Friday at 17:00 in New York and opens on Sunday at 17:00.
        "FX, UTC, 2026-03-04T12:00:00Z, 2026-03-04T12:05:00Z",
        "FX, UTC, 2026-03-06T21:58:00Z, 2026-03-08T21:03:00Z",
        "FX, UTC, 2026-03-07T12:00:00Z, 2026-03-08T21:05:00Z",
        "COMMODITY, UTC, 2026-03-08T20:59:00Z, 2026-03-08T21:05:00Z",
        // Only the middle of a session counts: 10:00 to 15:00 at the exchange.
        "STOCK, America/New_York, 2026-03-04T16:00:00Z, 2026-03-04T16:30:00Z",
        "STOCK, America/New_York, 2026-03-04T21:00:00Z, 2026-03-05T15:30:00Z",
        "STOCK, America/New_York, 2026-03-06T21:00:00Z, 2026-03-09T14:30:00Z",
        "STOCK, America/New_York, 2026-03-06T19:50:00Z, 2026-03-09T14:20:00Z",
        "ETF, Europe/London, 2026-03-07T16:30:00Z, 2026-03-09T10:30:00Z",
        "INDEX, Asia/Tokyo, 2026-03-04T06:00:00Z, 2026-03-05T01:30:00Z",
        // Holidays and half days: Thanksgiving and the day after it, Christmas and New Year; the lunch break in Tokyo.
        "STOCK, America/New_York, 2026-11-25T21:00:00Z, 2026-11-27T15:30:00Z",
        "STOCK, America/New_York, 2026-11-27T17:50:00Z, 2026-11-30T15:20:00Z",
        "ETF, Europe/London, 2026-12-24T12:30:00Z, 2026-12-29T10:30:00Z",
        "INDEX, Asia/Tokyo, 2026-12-30T06:30:00Z, 2027-01-04T01:30:00Z",
        "INDEX, Asia/Tokyo, 2026-03-04T02:20:00Z, 2026-03-04T03:50:00Z",
        // Nothing is known about these.
        "STOCK, Nowhere/Atlantis, 2026-03-04T16:00:00Z, never",
        "FUND, America/New_York, 2026-03-04T16:00:00Z, never",
        "MACRO, UTC, 2020-01-01T00:00:00Z, never",
    })
    void counts_only_time_in_which_the_market_is_certainly_open(
            AssetType type, String zone, String asOf, String staleFrom) {
        assertThat(staleFrom(type, zone, asOf)).isEqualTo(staleFrom);
    }

    @Test
    void the_holidays_of_an_exchange_count_and_not_those_of_the_main_one_in_its_zone() {
        // The next day is Good Friday, a holiday in Zurich.
        Instant asOf = Instant.parse("2026-04-02T15:00:00Z");
        assertThat(policy.staleFrom(AssetType.STOCK, "XSWX", "UTC", asOf, Duration.ZERO))
                .isNotEqualTo(policy.staleFrom(AssetType.STOCK, null, "UTC", asOf, Duration.ZERO));
    }

    @Test
    void a_stock_is_not_stale_on_saturday_because_its_market_is_closed() {
        Instant close = Instant.parse("2026-03-06T21:00:00Z");
        Instant saturday = Instant.parse("2026-03-07T15:00:00Z");
        assertThat(policy.staleFrom(AssetType.STOCK, null, "America/New_York", close, Duration.ZERO)
                        .orElseThrow())
                .isAfter(saturday);
    }

    @Test
    void data_that_stays_in_the_cache_for_longer_may_be_as_old_as_that() {
        Instant asOf = Instant.parse("2026-03-04T12:00:00Z");
        assertThat(policy.staleFrom(AssetType.CRYPTO, null, "UTC", asOf, Duration.ofHours(2)))
                .contains(Instant.parse("2026-03-04T14:00:00Z"));
        assertThat(policy.staleFrom(AssetType.FX, null, "UTC", asOf, Duration.ofDays(20)))
                .contains(Instant.parse("2026-04-01T11:00:00Z"));
    }
}
