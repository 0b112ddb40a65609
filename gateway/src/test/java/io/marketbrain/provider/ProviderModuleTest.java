package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.RateLimit;
import io.marketbrain.pipeline.LayerStack;
import io.marketbrain.pipeline.resilience.QuotaConfig;
import io.marketbrain.pipeline.resilience.QuotaLayer;
import io.marketbrain.pipeline.resilience.QuotaMemory;
import io.marketbrain.pipeline.resilience.RetryConfig;
import io.marketbrain.pipeline.resilience.RetryLayer;
import io.marketbrain.provider.binance.BinanceAdapter;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a module makes of its descriptor and its adapter. */
class ProviderModuleTest {
    private static final ProviderId ACME = new ProviderId("acme");
    private static final Instrument PAIR = Instrument.crypto("BTC", "USD");
    private static final MarketQuery QUOTE = new QuoteQuery(ACME, PAIR, null);

    @Test
    void a_request_is_built_once_per_attempt_whatever_the_layers_ask() {
        var built = new AtomicInteger();
        ProviderAdapter adapter = () -> OperationAdapters.none()
                .on(
                        Operation.QUOTE,
                        QuoteQuery.class,
                        _ -> {
                            built.incrementAndGet();
                            return ProviderRequest.get("/p");
                        },
                        (_, _) -> {
                            throw new MalformedPayload("not read here");
                        });
        var module = new ProviderModule(descriptor("{\"quote\": {\"weight\": 7}}"), adapter);
        List<Integer> builtWhenSent = new ArrayList<>();
        Transport transport = (_, _) -> {
            builtWhenSent.add(built.get());
            return Outcome.failed(new Failure.Unreachable(ACME, "gone"));
        };
        var quota = new QuotaLayer(
                QuotaConfig.defaults(),
                List.of(new RateLimit(1000, Duration.ofMinutes(1), RateLimit.Counts.WEIGHT)),
                module::weight,
                QuotaMemory.IN_PROCESS,
                System::nanoTime,
                _ -> {});
        LayerStack.outermostFirst(
                        new RetryLayer(RetryConfig.defaults(), new Random(1), _ -> {}, module::isRepeatable), quota)
                .over(new ProviderSource(module, Mode.LIVE, transport))
                .fetch(QUOTE, TestCalls.patient());
        assertThat(builtWhenSent).containsExactly(1, 2, 3);
        assertThat(built).hasValue(3);
        assertThat(quota.reports().getFirst().used()).isEqualTo(3 * 7);
    }

    @Test
    void a_weight_is_the_descriptors_or_calculated_from_the_query() {
        Descriptor binance = DescriptorReader.builtIn("binance");
        var module = new ProviderModule(binance, new BinanceAdapter(binance));
        assertThat(module.weight(QUOTE)).isEqualTo(2);
        assertThat(module.weight(new SymbolsQuery(ACME))).isEqualTo(20);
        assertThat(module.weight(new BookQuery(ACME, PAIR, 100, null))).isEqualTo(5);
        assertThat(module.weight(new BookQuery(ACME, PAIR, 500, null))).isEqualTo(25);
        assertThat(module.weight(new BookQuery(ACME, PAIR, 1000, null))).isEqualTo(50);
        assertThat(module.weight(new BookQuery(ACME, PAIR, 5000, null))).isEqualTo(250);
    }

    @Test
    void a_request_is_made_on_the_terms_of_its_operation() {
        ProviderAdapter adapter = () -> OperationAdapters.none()
                .on(Operation.QUOTE, QuoteQuery.class, _ -> ProviderRequest.get("/p"), (_, _) -> {
                    throw new MalformedPayload("not read here");
                });
        var module = new ProviderModule(descriptor("{\"quote\": {\"host\": \"data\", \"payload\": \"csv\"}}"), adapter);
        assertThat(module.request(QUOTE).host()).isEqualTo("data");
        assertThat(module.request(QUOTE).payload().accept()).startsWith("text/csv");
    }

    @Test
    void a_descriptor_that_offers_more_than_its_adapter_has_is_refused() {
        Descriptor descriptor = descriptor("[\"quote\", \"news\"]");
        assertThatThrownBy(() -> new ProviderModule(descriptor, OperationAdapters::none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("acme")
                .hasMessageContaining("[QUOTE, NEWS]");
    }

    private static Descriptor descriptor(String operations) {
        return DescriptorReader.read("test.json", """
                {"id": "acme", "name": "Acme", "exchange": "Acme", "zone": "UTC",
                 "hosts": {"main": "https://a.example", "data": "https://b.example"},
                 "asset_types": ["crypto"], "operations": %s, "limits": {}}
                """.formatted(operations).getBytes(StandardCharsets.UTF_8));
    }
}
