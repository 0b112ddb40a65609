package io.marketbrain.api;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Interval;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.pipeline.Catalogue;
import io.marketbrain.pipeline.ProviderReport;
import io.marketbrain.pipeline.QuotaReport;
import java.util.List;
import java.util.Locale;

/** The paths that describe the providers and what they offer. Thread-safe. */
final class ProviderEndpoints {
    private final Catalogue catalogue;
    private final SystemView system;

    ProviderEndpoints(Catalogue catalogue, SystemView system) {
        this.catalogue = catalogue;
        this.system = system;
    }

    Reply all(Request request) throws Rejected {
        Parameters.of(request);
        List<ProviderInfo> providers = catalogue.providers();
        return reply(Json.document(json -> json.put("success", true)
                .put("count", (long) providers.size())
                .objects("providers", providers, this::write)));
    }

    Reply one(Request request) throws Rejected {
        Parameters.of(request);
        String id = request.variable("id").toLowerCase(Locale.ROOT);
        ProviderInfo provider = Rejected.orReject(catalogue.provider(EchoedText.of(id)));
        return reply(Json.document(
                json -> json.put("success", true).child("provider", child -> write(child, provider))));
    }

    private static Reply reply(Json.Document document) {
        return Reply.json(document).with("Cache-Control", "no-cache");
    }

    private void write(Json json, ProviderInfo provider) {
        json.put("id", provider.id().value())
                .put("name", provider.name())
                .put("exchange", provider.exchange())
                .put("asset_type", provider.assetTypes().getFirst().wire())
                .strings(
                        "asset_types",
                        provider.assetTypes().stream().map(AssetType::wire).toList())
                .put("mode", provider.mode().wire())
                .put("reason", provider.reason())
                .strings(
                        "capabilities",
                        provider.operations().stream().map(Operation::wire).toList())
                .strings(
                        "intervals",
                        provider.intervals().stream().map(Interval::wire).toList())
                .strings("examples", provider.examples());
        ProviderReport report = system.provider(provider.id());
        json.put("health", report.health())
                .objects("quota", report.quota(), ProviderEndpoints::write)
                .objects("budgets", report.budgets(), LimitEndpoints::write);
    }

    private static void write(Json json, QuotaReport quota) {
        json.put("counts", quota.limit().counts().name().toLowerCase(Locale.ROOT))
                .put("per_seconds", quota.limit().per().toSeconds())
                .put("allowed", quota.allowed())
                .put("used", quota.used())
                .put("left", quota.left());
    }
}
