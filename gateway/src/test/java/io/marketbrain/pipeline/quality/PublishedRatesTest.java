package io.marketbrain.pipeline.quality;

import static io.marketbrain.pipeline.quality.QualitySamples.checks;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.Operation;
import io.marketbrain.model.calendar.PublicationSchedule;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The age of rates that are published once a day. */
class PublishedRatesTest {
    private static final Listing EURUSD = new Listing(
            new Instrument(AssetType.FX, "EUR", "USD", null, null), "EURUSD", "ECB", "Europe/Berlin", "USD");

    @ParameterizedTest
    @CsvSource({
        // Thursday's rate, until the end of Friday
        "ecb, 2026-03-05T13:10:00Z, 2026-03-06T22:59:00Z, false",
        "ecb, 2026-03-05T13:10:00Z, 2026-03-06T23:00:00Z, true",
        // Friday's rate over the weekend
        "ecb, 2026-03-06T13:10:00Z, 2026-03-09T22:59:00Z, false",
        "ecb, 2026-03-06T13:10:00Z, 2026-03-10T00:00:00Z, true",
        // Good Friday is the 3rd of April, Easter Monday the 6th
        "frankfurter, 2026-04-02T12:10:00Z, 2026-04-07T21:59:00Z, false",
        "frankfurter, 2026-04-02T12:10:00Z, 2026-04-07T22:00:00Z, true",
        // Canada's holidays are not known
        "boc, 2026-04-02T20:30:00Z, 2026-04-07T12:00:00Z, false",
        "boc, 2026-04-02T20:30:00Z, 2026-04-20T12:00:00Z, true",
    })
    void a_rate_is_stale_once_the_next_one_was_due(String provider, Instant at, Instant now, boolean stale) {
        PublicationSchedule published = DescriptorReader.builtIn(provider)
                .terms(Operation.QUOTE)
                .published()
                .orElseThrow();
        var quote = new Quote(EURUSD, new BigDecimal("1.08"), null, null, null, null, null, null, null, null, null, at);
        assertThat(checks(new InstrumentState().screen(quote, published, now, Findings.NONE)))
                .isEqualTo(stale ? List.of(QualityCheck.STALE_FEED) : List.of());
    }
}
