package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QueryResult;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssetHistoryPolicyTest {
    private static final Descriptor BINANCE = DescriptorReader.builtIn("binance");

    private static QueryResult days(String base, String... days) {
        List<Candle> candles = Stream.of(days)
                .map(day -> new Candle(
                        Instant.parse(day + "T00:00:00Z"),
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        null,
                        1L,
                        true))
                .toList();
        var data = new Candles(BINANCE.listing(Instrument.crypto(base, "USDT")), Interval.D1, candles, List.of(), null);
        return new QueryResult(
                data,
                new Provenance(BINANCE.id(), Mode.LIVE, null, Instant.EPOCH, Freshness.FRESH, List.of(), List.of()));
    }

    @Test
    void candles_of_the_coin_that_had_the_code_before_are_left_out_and_that_is_said() {
        QueryResult kept = AssetHistoryPolicy.apply(
                days("LUNA", "2022-05-12", "2022-05-27", "2022-05-28", "2022-05-31"), BINANCE.symbols());
        assertThat(((Candles) kept.data()).candles())
                .extracting(candle -> candle.openTime().toString())
                .containsExactly("2022-05-28T00:00:00Z", "2022-05-31T00:00:00Z");
        assertThat(kept.provenance().flags()).singleElement().satisfies(flag -> {
            assertThat(flag.code()).isEqualTo("history_limited");
            assertThat(flag.detail())
                    .isEqualTo("older candles are left out, because the code LUNA meant another asset (LUNC) before"
                            + " 2022-05-28");
        });
    }

    @Test
    void other_candles_are_untouched() {
        QueryResult later = days("LUNA", "2022-06-01");
        assertThat(AssetHistoryPolicy.apply(later, BINANCE.symbols())).isSameAs(later);
        QueryResult old = days("BTC", "2018-01-01");
        assertThat(AssetHistoryPolicy.apply(old, BINANCE.symbols())).isSameAs(old);
    }
}
