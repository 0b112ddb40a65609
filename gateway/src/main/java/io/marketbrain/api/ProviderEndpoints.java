package io.marketbrain.api;

import io.marketbrain.model.Interval;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.pipeline.Catalogue;
import java.util.List;
import java.util.Locale;

/** The paths that tell which providers there are and what they can do. Thread-safe. */
final class ProviderEndpoints {
    private final Catalogue catalogue;

    ProviderEndpoints(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    Reply all(Request request) throws Rejected {
        Parameters.of(request);
        List<ProviderInfo> providers = catalogue.providers();
        return reply(Json.document(json -> json.put("success", true)
                .put("count", (long) providers.size())
                .objects("providers", providers, ProviderEndpoints::write)));
    }

    Reply one(Request request) throws Rejected {
        Parameters.of(request);
        String id = request.variable("id").toLowerCase(Locale.ROOT);
        ProviderInfo provider = Rejected.orReject(catalogue.provider(Parameters.shown(id)));
        return reply(Json.document(
                json -> json.put("success", true).child("provider", child -> write(child, provider))));
    }

    private static Reply reply(Json.Document document) {
        return Reply.json(document).with("Cache-Control", "no-cache");
    }

    private static void write(Json json, ProviderInfo provider) {
        json.put("id", provider.id().value())
                .put("name", provider.name())
                .put("exchange", provider.exchange())
                .put("asset_type", provider.assetType().wire())
                .put("mode", provider.mode().wire())
                .put("reason", provider.reason())
                .strings(
                        "capabilities",
                        provider.operations().stream().map(Operation::wire).toList())
                .strings(
                        "intervals",
                        provider.intervals().stream().map(Interval::wire).toList())
                .strings("examples", provider.examples());
    }
}
