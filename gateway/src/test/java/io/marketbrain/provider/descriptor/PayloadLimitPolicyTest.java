package io.marketbrain.provider.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.CandlePaging;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.OperationAdapters;
import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How much of which payload is read, and that it is given back. */
class PayloadLimitPolicyTest {
    private static final ProviderId BINANCE = new ProviderId("binance");
    private static final Instrument BTC = Instrument.crypto("BTC", "USDT");
    private static final MarketQuery QUOTE = new QuoteQuery(BINANCE, BTC, null);

    private static CandlesQuery candles(int limit) {
        return new CandlesQuery(BINANCE, BTC, Interval.H1, null, null, limit);
    }

    private static PayloadLimitPolicy read(String json) {
        return PayloadLimitPolicy.read(
                Optional.of(DescriptorObject.parse("test.json", json.getBytes(StandardCharsets.UTF_8))),
                new ProviderLimits(5000, 5000, Optional.empty(), CandlePaging.NONE, 1, 1, 1, List.of()),
                2000);
    }

    @Test
    void a_descriptor_overrides_any_limit_for_all_operations_or_for_one() {
        PayloadLimitPolicy policy = read("""
                {"wire_bytes": 70001, "body_bytes": 70002, "tokens": 3003, "depth": 4, "name_length": 5,
                 "text_length": 6, "number_length": 7, "exponent": 8, "elements": 900, "slack": 10,
                 "book": {"tokens": 3333, "slack": 20}, "symbols": {"elements": 50}}""");
        assertThat(policy.usual()).isEqualTo(new PayloadLimits(70001, 70002, 3003, 4, 5, 6, 7, 8, 900, 10));
        assertThat(policy.of(QUOTE)).isEqualTo(new PayloadLimits(70001, 70002, 3003, 4, 5, 6, 7, 8, 11, 10));
        assertThat(policy.of(new BookQuery(BINANCE, BTC, 100, null)))
                .isEqualTo(new PayloadLimits(70001, 70002, 3333, 4, 5, 6, 7, 8, 120, 20));
        assertThat(policy.of(new SymbolsQuery(BINANCE)).elements()).isEqualTo(50);
        assertThat(policy.of(new SymbolsQuery(BINANCE)).tokens()).isEqualTo(3003);
    }

    @Test
    void what_is_kept_is_what_was_asked_for_and_one_page() {
        PayloadLimitPolicy policy = read("{}");
        assertThat(policy.of(candles(5)).elements()).isEqualTo(5005);
        assertThat(policy.of(QUOTE).elements()).isEqualTo(1001);
        assertThat(policy.of(new SeriesQuery(BINANCE, "mark_price:BTCUSDT", null, null, 20))
                        .elements())
                .isEqualTo(2020);
    }

    @Test
    void a_limit_out_of_range_or_not_a_number_is_refused() {
        assertThatThrownBy(() -> read("{\"tokens\": 0}")).hasMessageContaining("tokens");
        assertThatThrownBy(() -> read("{\"book\": {\"depth\": \"deep\"}}")).isInstanceOf(InvalidDescriptor.class);
    }

    @Test
    void every_built_in_provider_accepts_its_largest_page() {
        for (IndexedDescriptor entry : Descriptors.builtIn()) {
            Descriptor descriptor = entry.descriptor().get();
            int pageSize = descriptor.limits().pageSize();
            PayloadLimits page = descriptor.payloads().of(candles(pageSize));
            assertThat(page.elements()).isGreaterThanOrEqualTo(2 * pageSize);
        }
        assertThat(DescriptorReader.builtIn("mock")
                        .payloads()
                        .of(candles(100_000))
                        .tokens())
                .isGreaterThan(8 * 100_000);
    }

    @Test
    void the_memory_of_a_payload_is_given_back_whatever_becomes_of_it() {
        var released = new AtomicInteger();
        ProviderAdapter adapter = () -> OperationAdapters.none()
                .on(Operation.QUOTE, QuoteQuery.class, _ -> ProviderRequest.get("/"), (_, raw) -> {
                    raw.json();
                    throw new StackOverflowError();
                });
        Descriptor quotesOnly = DescriptorReader.read("test.json", """
                {"id": "binance", "name": "Binance", "exchange": "Binance", "base_url": "https://example.com",
                 "zone": "UTC", "asset_types": ["crypto"], "operations": ["quote"], "limits": {}}
                """.getBytes(StandardCharsets.UTF_8));
        for (String body : new String[] {"{}", "nothing"}) {
            Transport transport = (_, _) -> Outcome.success(new RawPayload(
                    200,
                    Map.of(),
                    body.getBytes(StandardCharsets.UTF_8),
                    Instant.EPOCH,
                    PayloadLimits.defaults(),
                    released::incrementAndGet,
                    false));
            var outcome = new ProviderSource(new ProviderModule(quotesOnly, adapter), Mode.LIVE, transport)
                    .fetch(QUOTE, TestCalls.patient());
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure()).isInstanceOf(Failure.Malformed.class));
        }
        assertThat(released).hasValue(2);
    }
}
