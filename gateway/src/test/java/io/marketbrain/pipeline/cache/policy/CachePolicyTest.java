package io.marketbrain.pipeline.cache.policy;

import static io.marketbrain.pipeline.cache.policy.CachePolicy.Verdict.DEGRADED;
import static io.marketbrain.pipeline.cache.policy.CachePolicy.Verdict.FRESH;
import static io.marketbrain.pipeline.cache.policy.CachePolicy.Verdict.FRESH_AND_REFRESH;
import static io.marketbrain.pipeline.cache.policy.CachePolicy.Verdict.GONE;
import static io.marketbrain.pipeline.cache.policy.CachePolicy.Verdict.LAST_RESORT;
import static io.marketbrain.pipeline.cache.policy.CachePolicy.Verdict.STALE_AND_REFRESH;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.cache.policy.CachePolicy.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachePolicyTest {

    /** Timestamps 0, 80, 100, 200 and 300 after {@code origin}. */
    private static Expiry expiry(long origin, boolean immutable) {
        return new Expiry(origin, origin, origin + 80, origin + 100, origin + 200, origin + 300, immutable);
    }

    private static Verdict at(long origin, long age) {
        return CachePolicy.judge(expiry(origin, false), origin, origin, origin + age);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000, -250, Long.MAX_VALUE - 150, Long.MIN_VALUE})
    void passes_through_its_states_in_order_for_any_clock_origin(long origin) {
        assertThat(at(origin, 0)).isEqualTo(FRESH);
        assertThat(at(origin, 79)).isEqualTo(FRESH);
        assertThat(at(origin, 80)).isEqualTo(FRESH_AND_REFRESH);
        assertThat(at(origin, 99)).isEqualTo(FRESH_AND_REFRESH);
        assertThat(at(origin, 100)).isEqualTo(STALE_AND_REFRESH);
        assertThat(at(origin, 199)).isEqualTo(STALE_AND_REFRESH);
        assertThat(at(origin, 200)).isEqualTo(LAST_RESORT);
        assertThat(at(origin, 299)).isEqualTo(LAST_RESORT);
        assertThat(at(origin, 300)).isEqualTo(GONE);
    }

    @Test
    void is_degraded_while_refreshes_are_paused_but_never_after_expiry() {
        assertThat(CachePolicy.judge(expiry(0, false), 90, 0, 85)).isEqualTo(FRESH);
        assertThat(CachePolicy.judge(expiry(0, false), 150, 0, 120)).isEqualTo(DEGRADED);
        assertThat(CachePolicy.judge(expiry(0, false), 250, 0, 220)).isEqualTo(DEGRADED);
        assertThat(CachePolicy.judge(expiry(0, false), 400, 0, 300)).isEqualTo(GONE);
    }

    @Test
    void a_suspect_entry_counts_as_stale_unless_immutable() {
        assertThat(CachePolicy.judge(expiry(0, false), 0, 10, 20)).isEqualTo(STALE_AND_REFRESH);
        assertThat(CachePolicy.judge(expiry(0, true), 0, 10, 20)).isEqualTo(FRESH);
        assertThat(CachePolicy.judge(expiry(0, false), 0, 10, 300)).isEqualTo(GONE);
    }
}
