package io.marketbrain.facade.coinbase;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.FacadeQueries;
import io.marketbrain.facade.PriceSteps;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.Instrument;
import io.marketbrain.pipeline.FoundSymbols.Match;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The paths that list products and currencies. Thread-safe. */
final class CoinbaseProducts {
    /** More than any exchange lists. */
    private static final int MOST = 20_000;

    private final FacadeQueries queries;
    private final PriceSteps steps;

    CoinbaseProducts(FacadeQueries queries, PriceSteps steps) {
        this.queries = queries;
        this.steps = steps;
    }

    /** What Coinbase calls a pair: {@code BTC-USD}. */
    static String id(Instrument pair) {
        return pair.base() + "-" + pair.quote();
    }

    /** The pair that a path names. */
    Instrument one(Request request) throws RequestRejected {
        return RequestRejected.orReject(queries.instrument(request.variable("id")));
    }

    /** Every spot pair that the provider lists, or that is well known where it is mocked. */
    private List<Instrument> all() throws RequestRejected {
        return RequestRejected.orReject(queries.listed(MOST)).stream()
                .map(Match::instrument)
                .toList();
    }

    Response products(Request request) throws RequestRejected {
        Parameters.of(request, "type");
        List<Instrument> listed = all();
        return labelled(CoinbaseReply.array(out -> listed.forEach(pair -> {
            out.startObject();
            product(out, pair);
            out.endObject();
        })));
    }

    Response product(Request request) throws RequestRejected {
        Parameters.of(request);
        Instrument pair = one(request);
        return labelled(CoinbaseReply.object(out -> product(out, pair)));
    }

    private void product(JsonOutput out, Instrument pair) {
        Optional<PriceSteps.Steps> known = steps.find(queries.provider(), pair);
        CoinbaseReply.text(out, "id", id(pair));
        CoinbaseReply.text(out, "base_currency", pair.base());
        CoinbaseReply.text(out, "quote_currency", pair.quote());
        CoinbaseReply.decimal(
                out, "quote_increment", known.map(PriceSteps.Steps::price).orElse(null));
        CoinbaseReply.decimal(
                out, "base_increment", known.map(PriceSteps.Steps::size).orElse(null));
        CoinbaseReply.text(out, "display_name", id(pair));
        CoinbaseReply.nothing(out, "min_market_funds");
        for (String name : List.of("margin_enabled", "post_only", "limit_only", "cancel_only")) {
            CoinbaseReply.flag(out, name, false);
        }
        CoinbaseReply.text(out, "status", "online");
        CoinbaseReply.text(out, "status_message", "");
        for (String name : List.of("trading_disabled", "fx_stablecoin", "auction_mode")) {
            CoinbaseReply.flag(out, name, false);
        }
    }

    Response currencies(Request request) throws RequestRejected {
        Parameters.of(request);
        Set<String> codes = codes();
        return labelled(CoinbaseReply.array(out -> codes.forEach(code -> {
            out.startObject();
            currency(out, code);
            out.endObject();
        })));
    }

    Response currency(Request request) throws RequestRejected {
        Parameters.of(request);
        String code = request.variable("id");
        return codes().contains(code)
                ? labelled(CoinbaseReply.object(out -> currency(out, code)))
                : CoinbaseReply.error(404, "NotFound");
    }

    private Set<String> codes() throws RequestRejected {
        Set<String> codes = new TreeSet<>();
        for (Instrument pair : all()) {
            codes.add(pair.base());
            codes.add(pair.quote());
        }
        return codes;
    }

    private static void currency(JsonOutput out, String code) {
        CoinbaseReply.text(out, "id", code);
        CoinbaseReply.text(out, "name", code);
        CoinbaseReply.nothing(out, "min_size");
        CoinbaseReply.text(out, "status", "online");
        CoinbaseReply.text(out, "message", "");
        CoinbaseReply.nothing(out, "max_precision");
        out.name("convertible_to");
        out.startArray();
        out.endArray();
        out.name("details");
        out.startObject();
        out.endObject();
    }

    private Response labelled(Response response) {
        return DataLabels.on(response, queries.isMocked());
    }
}
