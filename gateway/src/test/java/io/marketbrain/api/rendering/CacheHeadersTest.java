package io.marketbrain.api.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.http.message.Header;
import io.marketbrain.model.CacheStatus;
import io.marketbrain.model.CacheStatus.Forward;
import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.size.Memo;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CacheHeadersTest {
    static CacheStatus note(
            Tier tier, Forward forward, int age, int ttl, int stale, boolean stored, boolean collapsed) {
        return new CacheStatus(
                tier,
                forward,
                Duration.ofSeconds(age),
                Duration.ofSeconds(ttl),
                Duration.ofSeconds(stale / 4),
                Duration.ofSeconds(stale),
                stored,
                collapsed,
                new Memo());
    }

    private static Map<String, String> sent(Response reply) {
        return Stream.of("Cache-Status", "Age", "Cache-Control")
                .flatMap(name -> reply.headers().get(name).stream())
                .collect(Collectors.toMap(Header::name, Header::value));
    }

    private static Response on(CacheStatus note) {
        return CacheHeaders.on(Response.empty(200), note);
    }

    @Test
    void a_hit_has_its_tier_age_and_remaining_ttl() {
        Response reply = on(note(Tier.L1, Forward.NONE, 12, 48, 240, false, false));
        assertThat(sent(reply))
                .containsEntry("Cache-Status", "MarketIntelBrain; hit; ttl=48; detail=l1")
                .containsEntry("Age", "12")
                .containsEntry("Cache-Control", "max-age=60, stale-while-revalidate=60, stale-if-error=240");
    }

    @Test
    void a_stale_hit_has_a_negative_ttl_and_an_age_above_its_max_age() {
        Response reply = on(note(Tier.FALLBACK, Forward.NONE, 75, -15, 225, false, false));
        assertThat(sent(reply))
                .containsEntry("Cache-Status", "MarketIntelBrain; hit; ttl=-15; detail=fallback")
                .containsEntry("Age", "75")
                .containsEntry("Cache-Control", "max-age=60, stale-while-revalidate=56, stale-if-error=225");
    }

    @Test
    void a_stored_response_has_the_reason_of_its_fetch_and_its_ttl() {
        Response reply = on(note(Tier.ORIGIN, Forward.MISS, 0, 60, 0, true, true));
        assertThat(sent(reply))
                .containsEntry("Cache-Status", "MarketIntelBrain; fwd=uri-miss; ttl=60; stored; collapsed")
                .containsEntry("Age", "0")
                .containsEntry("Cache-Control", "max-age=60");
    }

    @Test
    void a_response_without_a_cache_is_no_cache() {
        Response reply = on(CacheStatus.NONE);
        assertThat(sent(reply))
                .containsEntry("Cache-Status", "MarketIntelBrain; fwd=bypass")
                .containsEntry("Cache-Control", "no-cache")
                .doesNotContainKey("Age");
    }
}
