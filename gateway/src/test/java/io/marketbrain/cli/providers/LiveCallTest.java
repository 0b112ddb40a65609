package io.marketbrain.cli.providers;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Operation;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveCallTest {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    private static Optional<LiveCall> series(String provider, String symbol) {
        return LiveCall.find(DescriptorReader.builtIn(provider), Operation.SERIES, symbol, NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"funding_rate:XBTUSDTM", "XBTUSDTM"})
    void a_series_of_an_instrument_is_of_a_range_whichever_way_it_is_named(String symbol) {
        assertThat(series("kucoin", symbol).orElseThrow().parameters())
                .containsEntry("from", "2026-06-30T00:00:00Z")
                .containsEntry("to", "2026-07-01T00:00:00Z");
    }

    @Test
    void a_series_is_about_nothing_but_the_symbol() {
        assertThat(series("kucoin", "BTC-USDT")).isEmpty();
        assertThat(series("polygon", "MSFT").orElseThrow().words()).isEqualTo("series dividends:MSFT");
    }
}
