package io.marketbrain.provider.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.Operation;
import io.marketbrain.model.cost.BillingPeriod;
import io.marketbrain.model.cost.CostModel;
import io.marketbrain.model.cost.Money;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What a descriptor says of a provider's prices and bill. */
class DescriptorCostsTest {
    private static Descriptor priced(String costs) throws IOException {
        try (InputStream in = DescriptorCostsTest.class.getResourceAsStream("/providers/binance.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return DescriptorReader.read(
                    "binance.json",
                    text.replaceFirst("[{]", "{\"costs\": " + costs + ",").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void names_prices_by_call_record_and_weight_and_when_the_billing_period_starts() throws Exception {
        CostModel costs = priced("""
                {"quote": {"call": "0.002"}, "candles": {"call": "1", "record": "0.001"}, "book": {"weight": "0.05"},
                 "billing": {"free_calls": 500, "per": "day", "zone": "America/New_York"}}""").costs();
        assertThat(costs.byOperation().get(Operation.QUOTE))
                .isEqualTo(new CostModel.Cost(Money.of("0.002"), Money.NONE, Money.NONE));
        assertThat(costs.byOperation().get(Operation.CANDLES))
                .isEqualTo(new CostModel.Cost(Money.of("1"), Money.of("0.001")));
        assertThat(costs.byOperation().get(Operation.BOOK))
                .isEqualTo(new CostModel.Cost(Money.NONE, Money.NONE, Money.of("0.05")));
        assertThat(costs.ofFailure(Operation.TRADES, 4)).isEqualTo(Money.NONE);
        assertThat(costs.billing()).isEqualTo(new BillingPeriod(500, ChronoUnit.DAYS, ZoneId.of("America/New_York")));
    }

    @Test
    void is_wrong_with_a_period_or_zone_that_there_is_not() {
        assertThatThrownBy(() -> priced("{\"billing\": {\"free_calls\": 1, \"per\": \"week\", \"zone\": \"UTC\"}}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageStartingWith("binance.json:1:")
                .hasMessageContaining("'per' must be day or month");
        assertThatThrownBy(() -> priced("{\"billing\": {\"free_calls\": 1, \"per\": \"day\", \"zone\": \"Mars\"}}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("'zone' must be an IANA time zone");
    }
}
