package io.marketbrain.api.endpoints;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Interval;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.pipeline.DriftReport;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.ProviderReport;
import io.marketbrain.pipeline.QuotaReport;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** The paths that describe the providers and what they offer. Thread-safe. */
public final class ProviderEndpoints {
    private final ProviderCatalog catalogue;
    private final SystemView system;
    private final InstantSource clock;

    public ProviderEndpoints(ProviderCatalog catalogue, SystemView system, InstantSource clock) {
        this.catalogue = catalogue;
        this.system = system;
        this.clock = clock;
    }

    public Response all(Request request) throws RequestRejected {
        Parameters.of(request);
        List<ProviderInfo> providers = catalogue.providers();
        return reply(JsonDocument.document(json -> json.put("success", true)
                .put("count", (long) providers.size())
                .objects("providers", providers, this::write)
                .untagged(untagged -> untagged.put("timestamp", clock.instant()))));
    }

    public Response one(Request request) throws RequestRejected {
        Parameters.of(request);
        String id = request.variable("id").toLowerCase(Locale.ROOT);
        ProviderInfo provider = RequestRejected.orReject(catalogue.provider(EchoedText.of(id)));
        return reply(JsonDocument.document(json -> json.put("success", true).child("provider", child -> {
            write(child, provider);
            child.put("documentation", provider.about().documentation())
                    .put("terms", provider.about().terms())
                    .put("notes", provider.about().notes());
            write(child, system.drift(provider.id()), request.admin());
        })));
    }

    /** What providers sent is for administrators. */
    private static void write(JsonDocument json, DriftReport report, boolean admin) {
        json.child("drift", drift -> {
            DriftReport.Forms forms = report.forms();
            drift.put("refused", report.refused())
                    .child(
                            "forms",
                            counts -> counts.put("known", forms.known())
                                    .put("learning", forms.learning())
                                    .put("given_up", forms.givenUp()));
            if (admin) {
                drift.objects("payloads", report.payloads(), ProviderEndpoints::write)
                        .strings("additions", report.additions());
            }
        });
    }

    private static void write(JsonDocument json, DriftReport.Payload payload) {
        json.put("operation", payload.operation())
                .put("first", payload.first())
                .put("last", payload.last())
                .put("times", payload.times())
                .strings("differences", payload.differences())
                .put("bytes", payload.bytes())
                .put("start", payload.start());
    }

    private static Response reply(JsonDocument.Document document) {
        return Response.json(document).with("Cache-Control", "no-cache");
    }

    private void write(JsonDocument json, ProviderInfo provider) {
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
                .strings("series_kinds", provider.seriesKinds())
                .strings("series_now_only", provider.seriesNowOnly())
                .strings("examples", provider.examples());
        ProviderReport report = system.provider(provider.id());
        json.child("health", health -> health.put("status", report.health()).put("reason", report.healthReason()))
                .objects("quota", report.quota(), ProviderEndpoints::write)
                .objects("budgets", report.budgets(), LimitEndpoints::write);
    }

    private static void write(JsonDocument json, QuotaReport quota) {
        json.put("counts", quota.limit().counts().name().toLowerCase(Locale.ROOT))
                .put("per_seconds", quota.limit().per().toSeconds())
                .put("allowed", quota.allowed())
                .put("used", quota.used())
                .put("left", quota.left());
    }
}
