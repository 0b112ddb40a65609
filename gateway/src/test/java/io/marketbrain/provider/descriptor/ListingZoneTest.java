package io.marketbrain.provider.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trading day of an instrument is that of its exchange, also where a provider has several. */
class ListingZoneTest {

    @ParameterizedTest
    @CsvSource({
        "yahoo, AAPL, America/New_York",
        "yahoo, VOD.L, Europe/London",
        "yahoo, WSKT.JK, Asia/Jakarta",
        "yahoo, 005930.KS, Asia/Seoul",
        "yahoo, 2222.SR, Asia/Riyadh",
        "yahoo, PETR4.SA, America/Sao_Paulo",
        "yahoo, ^HSI, Asia/Hong_Kong",
        "yahoo, ^GSPC, America/New_York",
        "yahoo, EURUSD=X, America/New_York",
        "stooq, VOD.UK, Europe/London",
        "stooq, AAPL, America/New_York",
        "marketstack, AAPL, America/New_York",
        "twelvedata, 0700.HK, Asia/Hong_Kong"
    })
    void the_zone_is_that_of_the_exchange(String provider, String symbol, String zone) {
        Descriptor descriptor = DescriptorReader.builtIn(provider);
        Instrument instrument =
                ((Outcome.Success<Instrument>) descriptor.symbols().parse(symbol)).value();
        assertThat(descriptor.listing(instrument).zone()).isEqualTo(zone);
    }
}
