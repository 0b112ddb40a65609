package io.marketbrain.facade.udf;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.SymbolResolver.Listed;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.ProviderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which candles a request of a chart means. */
class UdfHistoryPolicyTest {
    private static final Listed BITCOIN = new Listed(new ProviderId("binance"), Instrument.crypto("BTC", "USDT"));
    private static final Instant TO = Instant.parse("2024-02-21T09:00:00Z");

    private static CandlesQuery query(@Nullable Instant from, Instant to, int countback) {
        return UdfHistoryPolicy.query(BITCOIN, Interval.H1, from, to, countback, 100);
    }

    @Test
    void a_range_is_asked_for_as_it_is() {
        Instant from = TO.minusSeconds(36_000);
        assertThat(query(from, TO, 0))
                .isEqualTo(new CandlesQuery(BITCOIN.provider(), BITCOIN.instrument(), Interval.H1, from, TO, 100));
    }

    @Test
    void a_countback_wins_over_the_start_and_is_bounded() {
        assertThat(query(TO.minusSeconds(1), TO, 7).from()).isNull();
        assertThat(query(TO.minusSeconds(1), TO, 7).limit()).isEqualTo(7);
        assertThat(query(null, TO, 5000).limit()).isEqualTo(100);
    }

    @Test
    void a_range_that_is_too_long_means_its_end() {
        CandlesQuery query = query(TO.minusSeconds(3600 * 101), TO, 0);
        assertThat(query.from()).isNull();
        assertThat(query.to()).isEqualTo(TO);
        assertThat(query.limit()).isEqualTo(100);
    }

    @Test
    void times_beyond_the_supported_years_are_bounded() {
        assertThat(query(null, Instant.parse("2500-01-01T00:00:00Z"), 3).to()).isEqualTo(Parameters.LATEST);
    }

    @Test
    void every_interval_has_a_name_of_its_own() {
        for (Interval interval : Interval.values()) {
            assertThat(UdfResolution.find(UdfResolution.of(interval))).contains(interval);
        }
        assertThat(UdfResolution.find("D")).contains(Interval.D1);
        assertThat(UdfResolution.find("M")).contains(Interval.MO1);
        assertThat(UdfResolution.find("1M")).contains(Interval.MO1);
        assertThat(UdfResolution.find("60")).contains(Interval.H1);
        assertThat(UdfResolution.find("1h")).isEmpty();
    }
}
