package io.marketbrain.pipeline.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.quality.ReferencePrices.ReferencePrice;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which prices are remembered, and for how long. */
class RecentPricesTest {
    private static final ProviderId A = new ProviderId("aaa");
    private static final ProviderId B = new ProviderId("bbb");
    private static final ProviderId C = new ProviderId("ccc");
    private static final Instrument BTC = Instrument.crypto("BTC", "USD");
    private static final BigDecimal PRICE = new BigDecimal("100");
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    private final RecentPrices prices = new RecentPrices();

    @Test
    void the_most_recent_price_of_another_provider_is_found_until_it_is_too_old() {
        prices.put(A, BTC, PRICE, NOW);
        assertThat(prices.findPrice(A, BTC, NOW)).isEmpty();
        assertThat(prices.findPrice(B, Instrument.crypto("BTC", "EUR"), NOW)).isEmpty();
        Instant later = NOW.plusSeconds(4);
        prices.put(B, BTC, new BigDecimal("101"), later);
        assertThat(prices.findPrice(A, BTC, later)).contains(new ReferencePrice(B, new BigDecimal("101"), later));
        assertThat(prices.findPrice(B, BTC, later)).contains(new ReferencePrice(A, PRICE, NOW));
        assertThat(prices.findPrice(C, BTC, later))
                .map(ReferencePrice::provider)
                .contains(B);
        assertThat(prices.findPrice(B, BTC, NOW.plus(RecentPrices.MAX_AGE))).isPresent();
        assertThat(prices.findPrice(B, BTC, NOW.plus(RecentPrices.MAX_AGE).plusMillis(1)))
                .isEmpty();
        prices.put(A, BTC, new BigDecimal("99"), later);
        assertThat(prices.findPrice(B, BTC, later)).map(ReferencePrice::price).contains(new BigDecimal("99"));
    }

    @Test
    void prices_are_kept_in_bounded_memory() {
        for (int i = 0; i <= RecentPrices.MAX_INSTRUMENTS; i++) {
            prices.put(A, Instrument.crypto("C" + i, "USD"), PRICE, NOW);
        }
        assertThat(prices.findPrice(B, Instrument.crypto("C0", "USD"), NOW)).isEmpty();
        assertThat(prices.findPrice(B, Instrument.crypto("C1", "USD"), NOW)).isPresent();
    }
}
