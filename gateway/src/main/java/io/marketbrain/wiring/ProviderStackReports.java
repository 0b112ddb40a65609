package io.marketbrain.wiring;

import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.DriftReport;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.LayerReport;
import io.marketbrain.pipeline.LayerStack;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderReport;
import io.marketbrain.pipeline.Reportable;
import io.marketbrain.pipeline.budget.BudgetLayer;
import io.marketbrain.pipeline.budget.Ledger;
import io.marketbrain.pipeline.resilience.QuotaLayer;
import io.marketbrain.provider.drift.DriftGuard;
import io.marketbrain.telemetry.Metric;
import io.marketbrain.wiring.metrics.DriftMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The reports of the stacks of the providers that are in use. Thread-safe. */
public final class ProviderStackReports {
    private final SequencedMap<String, LayerStack> stacks = new LinkedHashMap<>();
    private final List<Reportable> parts = new ArrayList<>();
    private final Map<ProviderId, QuotaLayer> quotas = new TreeMap<>();
    private final Map<ProviderId, BudgetLayer> budgets = new TreeMap<>();
    private final Map<ProviderId, DriftGuard> guards = new TreeMap<>();

    /** A source behind layers, the outermost first, which report under {@code name}. */
    synchronized MarketDataSource over(String name, MarketDataSource source, Layer... layers) {
        LayerStack stack = LayerStack.outermostFirst(layers);
        stacks.put(name, stack);
        return stack.over(source);
    }

    synchronized void add(ProviderId provider, DriftGuard guard) {
        guards.put(provider, guard);
    }

    /** How a provider's responses differ from their known shapes; nothing if it is not live. */
    synchronized DriftReport drift(ProviderId id) {
        DriftGuard guard = guards.get(id);
        return guard == null ? DriftReport.NONE : guard.report();
    }

    /** The metrics of all drift guards. */
    synchronized List<Metric> driftMetrics() {
        Map<ProviderId, DriftReport> reports = new TreeMap<>();
        guards.forEach((id, guard) -> reports.put(id, guard.report()));
        return DriftMetrics.of(reports);
    }

    synchronized void add(ProviderId provider, QuotaLayer quota) {
        quotas.put(provider, quota);
    }

    synchronized void add(ProviderId provider, BudgetLayer budget) {
        budgets.put(provider, budget);
    }

    /** Forgets the stacks of a provider, and stores the quota state that must survive. */
    synchronized void remove(ProviderId provider) {
        stacks.remove(provider.value());
        stacks.remove(mockName(provider));
        guards.remove(provider);
        budgets.remove(provider);
        QuotaLayer quota = quotas.remove(provider);
        if (quota != null) {
            quota.close();
        }
    }

    /** The name of the stack of mock data in a provider's place. */
    static String mockName(ProviderId provider) {
        return provider + " (mock)";
    }

    /**
     * What is left of a provider's scarcest long-term quota or of its free calls, in percent, whichever is less; 100 if it
     * has none or was not called.
     */
    int percentLeft(ProviderId id) {
        QuotaLayer quota;
        BudgetLayer budget;
        synchronized (this) {
            quota = quotas.get(id);
            budget = budgets.get(id);
        }
        return Math.min(quota == null ? 100 : quota.percentLeft(), budget == null ? 100 : budget.freePercentLeft(id));
    }

    /** Adds what is no layer of any stack, but reports like one. */
    synchronized void add(Reportable part) {
        parts.add(part);
    }

    /** The layers of every stack, stack by stack. */
    synchronized List<LayerReport> layers() {
        return Stream.concat(
                        stacks.entrySet().stream().flatMap(entry -> entry.getValue().reports(entry.getKey()).stream()),
                        parts.stream()
                                .map(part -> new LayerReport(
                                        "background", part.name(), part.state(), 0, 0, part.counters())))
                .toList();
    }

    /** A provider's report; unlimited if it has not been called. */
    synchronized ProviderReport report(ProviderId id, Ledger ledger) {
        LayerStack stack = stacks.get(id.value());
        QuotaLayer quota = quotas.get(id);
        return stack == null || quota == null
                ? ProviderReport.UNLIMITED
                : ProviderReport.of(stack.reports(id.value()), quota.reports(), ledger.reports(id));
    }

    /** Stores the quota state that must survive a restart. */
    public synchronized void close() {
        quotas.values().forEach(QuotaLayer::close);
    }
}
