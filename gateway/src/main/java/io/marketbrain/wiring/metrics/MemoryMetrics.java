package io.marketbrain.wiring.metrics;

import io.marketbrain.provider.registry.SymbolListBudget;
import io.marketbrain.provider.transport.PayloadBudget;
import io.marketbrain.telemetry.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Exports as metrics what payloads in flight and symbol lists take of the heap. */
public final class MemoryMetrics {
    private MemoryMetrics() {}

    public static List<Metric> of(PayloadBudget.Figures payloads, SymbolListBudget.Figures lists) {
        List<Metric> metrics = new ArrayList<>(ofPayloads(payloads));
        metrics.addAll(ofLists(lists));
        return metrics;
    }

    private static List<Metric> ofPayloads(PayloadBudget.Figures payloads) {
        return List.of(
                Metric.gauge(
                        "marketbrain_payloads", "Payloads of providers being read or parsed.", payloads.payloads()),
                Metric.gauge("marketbrain_payload_bytes", "Memory that they hold.", (double) payloads.held()),
                Metric.gauge(
                        "marketbrain_payload_limit_bytes", "The most that they may hold.", (double) payloads.limit()),
                new Metric(
                        "marketbrain_payload_refused_total",
                        Metric.Kind.COUNTER,
                        "Payloads refused because of memory: too_large for one, or none free before the deadline.",
                        List.of(
                                new Metric.Value(Map.of("reason", "too_large"), payloads.tooLarge()),
                                new Metric.Value(Map.of("reason", "deadline"), payloads.outOfTime()))));
    }

    private static List<Metric> ofLists(SymbolListBudget.Figures figures) {
        List<Metric.Sample> symbols = new ArrayList<>();
        List<Metric.Sample> bytes = new ArrayList<>();
        figures.lists().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(list -> {
                    var labels = Map.of("provider", list.getKey().value());
                    symbols.add(new Metric.Value(labels, list.getValue().symbols()));
                    bytes.add(new Metric.Value(labels, list.getValue().bytes()));
                });
        return List.of(
                new Metric(
                        "marketbrain_symbol_list_symbols",
                        Metric.Kind.GAUGE,
                        "Symbols in the list kept of a provider.",
                        symbols),
                new Metric(
                        "marketbrain_symbol_list_bytes",
                        Metric.Kind.GAUGE,
                        "Memory that the list of a provider takes, estimated.",
                        bytes),
                Metric.gauge(
                        "marketbrain_symbol_list_limit_bytes",
                        "The most that the lists of all providers may take.",
                        (double) figures.maxBytes()),
                Metric.counter(
                        "marketbrain_symbol_list_refused_total",
                        "Symbol lists that did not fit; the older list stays in use.",
                        (double) figures.refused()),
                Metric.counter(
                        "marketbrain_symbol_list_rejected_symbols_total",
                        "Symbols in lists that are not valid and were left out.",
                        (double) figures.rejected()));
    }
}
