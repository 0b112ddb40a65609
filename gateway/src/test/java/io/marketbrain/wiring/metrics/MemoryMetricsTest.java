package io.marketbrain.wiring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.registry.SymbolListBudget;
import io.marketbrain.provider.transport.PayloadBudget;
import io.marketbrain.telemetry.PrometheusText;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryMetricsTest {
    @Test
    void payloads_and_symbol_lists_show_what_they_take_and_what_was_refused() {
        var payloads = new PayloadBudget.Figures(2, 3000, 9000, 4, 5);
        var lists = new SymbolListBudget.Figures(
                Map.of(new ProviderId("binance"), new SymbolListBudget.Held(1500, 90_000)), 4 << 20, 1, 7);
        assertThat(PrometheusText.write(MemoryMetrics.of(payloads, lists)).lines())
                .contains(
                        "marketbrain_payloads 2",
                        "marketbrain_payload_bytes 3000",
                        "marketbrain_payload_limit_bytes 9000",
                        "marketbrain_payload_refused_total{reason=\"too_large\"} 4",
                        "marketbrain_payload_refused_total{reason=\"deadline\"} 5",
                        "marketbrain_symbol_list_symbols{provider=\"binance\"} 1500",
                        "marketbrain_symbol_list_bytes{provider=\"binance\"} 90000",
                        "marketbrain_symbol_list_limit_bytes 4194304",
                        "marketbrain_symbol_list_refused_total 1",
                        "marketbrain_symbol_list_rejected_symbols_total 7");
    }
}
