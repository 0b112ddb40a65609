package io.marketbrain.api;

/** The path that has the cache forget an instrument. Says the same whether there was anything to forget. Thread-safe. */
final class PurgeEndpoint {
    private final Subjects subjects;
    private final SystemView system;

    PurgeEndpoint(Subjects subjects, SystemView system) {
        this.subjects = subjects;
        this.system = system;
    }

    Reply purge(Request request) throws Rejected {
        Parameters.of(request);
        var provider = subjects.provider(request.variable("provider"));
        var instrument = subjects.instrument(provider, request.variable("symbol"));
        system.purging().ifPresent(purging -> purging.purge(provider, instrument));
        return Reply.json(Json.object(json -> json.put("success", true)
                .put("provider", provider.value())
                .put("instrument", instrument.unified())
                .put("call_id", request.callId().value())));
    }
}
