package io.marketbrain.api.mounting;

import io.marketbrain.api.access.AccessControl;
import io.marketbrain.api.endpoints.QueryExecutor;
import io.marketbrain.api.request.ApiConfig;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.api.streams.LiveStreams;
import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.ProviderCatalog;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the endpoints of every API share: our own and the mounted ones ask through the same stack and the same access control.
 *
 * @param streams live streams; empty where there are none
 * @param clock the time that is now for these requests
 * @param session the same for all requests that see one passing of time; empty at the real time
 */
public record ApiServices(
        ApiConfig config,
        SymbolResolver resolver,
        QueryExecutor executor,
        ProviderCatalog catalogue,
        AccessControl access,
        Optional<LiveStreams> streams,
        InstantSource clock,
        NanoClock nanoClock,
        String session) {}
