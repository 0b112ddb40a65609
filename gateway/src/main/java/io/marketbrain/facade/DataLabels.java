package io.marketbrain.facade;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says in headers what the body of another API has no place for: who the data is from, whether it is mock or stale. Pure. */
public final class DataLabels {
    private static final String MOCK = "X-Mock";

    private DataLabels() {}

    /** Adds the headers of one or several results. */
    public static Response on(Response response, List<QueryResult> results) {
        boolean mock = false;
        boolean stale = false;
        Set<String> providers = new LinkedHashSet<>();
        Set<String> quality = new LinkedHashSet<>();
        for (QueryResult result : results) {
            Provenance provenance = result.provenance();
            mock |= ResponseJson.isMock(provenance);
            stale |= provenance.freshness() == Freshness.STALE;
            providers.add(provenance.provider().value());
            provenance.flags().stream().map(QualityFlag::code).forEach(quality::add);
        }
        response.with(MOCK, Boolean.toString(mock)).with("X-Stale", Boolean.toString(stale));
        if (!providers.isEmpty()) {
            response.with("X-Provider", String.join(", ", providers));
        }
        if (!quality.isEmpty()) {
            response.with("X-Quality", String.join(", ", quality));
        }
        return response;
    }

    /** Adds the header that says whether the data is mock data. */
    public static Response on(Response response, boolean mock) {
        return response.with(MOCK, Boolean.toString(mock));
    }
}
