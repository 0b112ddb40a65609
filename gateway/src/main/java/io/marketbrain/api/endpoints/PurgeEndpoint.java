package io.marketbrain.api.endpoints;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.pipeline.PurgeReach;

/**
 * The path that removes an instrument from the cache. The response is the same whether it was cached or not, and says
 * whether the other gateways have removed it as well.
 * Thread-safe.
 */
public final class PurgeEndpoint {
    private final SymbolResolver resolver;
    private final SystemView system;

    public PurgeEndpoint(SymbolResolver resolver, SystemView system) {
        this.resolver = resolver;
        this.system = system;
    }

    public Response purge(Request request) throws RequestRejected {
        Parameters.of(request);
        var provider = resolver.provider(request.variable("provider"));
        var instrument = resolver.instrument(provider, request.variable("symbol"));
        PurgeReach reach = system.purging()
                .map(purging -> purging.purge(provider, instrument))
                .orElse(PurgeReach.CONFIRMED);
        return Response.json(JsonDocument.object(json -> json.put("success", true)
                .put("provider", provider.value())
                .put("instrument", instrument.unified())
                .put("other_gateways", reach.wire())
                .put("call_id", request.callId().value())));
    }
}
