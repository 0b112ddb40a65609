package io.marketbrain.api;

/**
 * The path that removes an instrument from the cache. The response is the same whether it was cached or not.
 * Thread-safe.
 */
final class PurgeEndpoint {
    private final Subjects resolver;
    private final SystemView system;

    PurgeEndpoint(Subjects resolver, SystemView system) {
        this.resolver = resolver;
        this.system = system;
    }

    Reply purge(Request request) throws Rejected {
        Parameters.of(request);
        var provider = resolver.provider(request.variable("provider"));
        var instrument = resolver.instrument(provider, request.variable("symbol"));
        system.purging().ifPresent(purging -> purging.purge(provider, instrument));
        return Reply.json(Json.object(json -> json.put("success", true)
                .put("provider", provider.value())
                .put("instrument", instrument.unified())
                .put("call_id", request.callId().value())));
    }
}
