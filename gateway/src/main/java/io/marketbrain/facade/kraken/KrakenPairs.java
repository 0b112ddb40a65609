package io.marketbrain.facade.kraken;

import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.facade.FacadeQueries;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.pipeline.FoundSymbols.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pairs that a request names. Thread-safe. */
final class KrakenPairs {
    /** More than any exchange lists. */
    private static final int MOST = 20_000;

    private static final String PAIR = "pair";

    private final FacadeQueries queries;

    KrakenPairs(FacadeQueries queries) {
        this.queries = queries;
    }

    /** Every spot pair that the provider lists, or that is well known where it is mocked. */
    List<Instrument> all() throws RequestRejected {
        return RequestRejected.orReject(queries.listed(MOST)).stream()
                .map(Match::instrument)
                .toList();
    }

    /** The one pair that a request must name. */
    Instrument one(Parameters parameters) throws RequestRejected {
        Optional<String> name = parameters.find(PAIR).filter(text -> !text.isEmpty());
        if (name.isEmpty()) {
            throw new RequestRejected(new Failure.InvalidQuery(PAIR, "", "a pair"));
        }
        return instrument(name.get());
    }

    /** The pairs that a request names, separated by commas; all if it names none. */
    List<Instrument> several(Request request) throws RequestRejected {
        Optional<String> names = Optional.ofNullable(request.query().get(PAIR)).map(List::getFirst);
        if (names.isEmpty()) {
            return all();
        }
        List<Instrument> pairs = new ArrayList<>();
        for (String name : names.get().split(",", -1)) {
            pairs.add(instrument(name));
        }
        return pairs;
    }

    private Instrument instrument(String name) throws RequestRejected {
        return RequestRejected.orReject(queries.instrument(name));
    }
}
