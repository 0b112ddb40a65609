package io.marketbrain.wiring;

import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.LayerReport;
import io.marketbrain.pipeline.LayerStack;
import io.marketbrain.pipeline.ProviderReport;
import io.marketbrain.pipeline.budget.Ledger;
import io.marketbrain.pipeline.resilience.QuotaLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The reports of the stacks of the providers that are in use. Thread-safe. */
public final class ProviderStackReports {
    private final SequencedMap<String, LayerStack> stacks = new LinkedHashMap<>();
    private final Map<ProviderId, QuotaLayer> quotas = new TreeMap<>();

    synchronized void add(String name, LayerStack stack) {
        stacks.put(name, stack);
    }

    synchronized void add(ProviderId provider, QuotaLayer quota) {
        quotas.put(provider, quota);
    }

    /** The layers of every stack, stack by stack. */
    synchronized List<LayerReport> layers() {
        return stacks.entrySet().stream()
                .flatMap(entry -> entry.getValue().reports(entry.getKey()).stream())
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
