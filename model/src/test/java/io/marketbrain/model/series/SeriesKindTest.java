package io.marketbrain.model.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SeriesKindTest {
    private static final Instrument PAIR = Instrument.crypto("BTC", "USD");
    private static final Instrument SWAP = new Instrument(AssetType.CRYPTO, "BTC", "USD", "BTC", null);
    private static final Instrument FUTURE =
            new Instrument(AssetType.CRYPTO, "BTC", "USD", "BTC", null, LocalDate.of(2026, 12, 25), null);
    private static final Instrument ROLLING = new Instrument(AssetType.CRYPTO, "BTC", "USD", "BTC", null, null, "CW");

    @Test
    void only_perpetual_swaps_have_funding_rates() {
        assertThat(SeriesKind.FUNDING_RATE.fits(SWAP)).isTrue();
        assertThat(SeriesKind.FUNDING_RATE.fits(PAIR)).isFalse();
        assertThat(SeriesKind.FUNDING_RATE.fits(FUTURE)).isFalse();
        assertThat(SeriesKind.FUNDING_RATE.fits(ROLLING)).isFalse();
    }

    @Test
    void every_contract_has_a_mark_price() {
        assertThat(SeriesKind.MARK_PRICE.fits(ROLLING)).isTrue();
        assertThat(SeriesKind.MARK_PRICE.fits(FUTURE)).isTrue();
        assertThat(SeriesKind.MARK_PRICE.fits(PAIR)).isFalse();
    }

    @Test
    void only_shares_have_dividends() {
        assertThat(SeriesKind.DIVIDENDS.fits(new Instrument(AssetType.STOCK, "AAPL", "USD", null, null)))
                .isTrue();
        assertThat(SeriesKind.DIVIDENDS.fits(PAIR)).isFalse();
    }
}
