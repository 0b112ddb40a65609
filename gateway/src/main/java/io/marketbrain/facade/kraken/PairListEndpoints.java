package io.marketbrain.facade.kraken;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.FacadeQueries;
import io.marketbrain.facade.PriceSteps;
import io.marketbrain.facade.PriceSteps.Steps;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.Instrument;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The paths that list pairs and assets. Thread-safe. */
final class PairListEndpoints {
    /** Places where the steps of a pair are not known: as many as any has. */
    private static final int PLACES = 10;

    static final int ASSET_PLACES = 10;

    private final FacadeQueries queries;
    private final KrakenPairs pairs;
    private final PriceSteps steps;

    PairListEndpoints(FacadeQueries queries, KrakenPairs pairs, PriceSteps steps) {
        this.queries = queries;
        this.pairs = pairs;
        this.steps = steps;
    }

    Response pairs(Request request) throws RequestRejected {
        Parameters.of(request, "pair", "info", "country_code", "aclass_base", "execution_venue");
        List<Instrument> listed = pairs.several(request);
        return labelled(KrakenReply.result(out -> listed.forEach(instrument -> pair(out, instrument))));
    }

    private void pair(JsonOutput out, Instrument instrument) {
        Optional<Steps> known = steps.find(queries.provider(), instrument);
        out.name(KrakenNames.pair(instrument));
        out.startObject();
        KrakenReply.text(out, "altname", KrakenNames.shortPair(instrument));
        KrakenReply.text(out, "wsname", KrakenNames.streamPair(instrument));
        KrakenReply.text(out, "aclass_base", "currency");
        KrakenReply.text(out, "base", KrakenNames.asset(instrument.base()));
        KrakenReply.text(out, "aclass_quote", "currency");
        KrakenReply.text(out, "quote", KrakenNames.asset(instrument.quote()));
        KrakenReply.text(out, "lot", "unit");
        number(out, "pair_decimals", known.map(step -> step.price().scale()).orElse(PLACES));
        number(out, "lot_decimals", known.map(step -> step.size().scale()).orElse(PLACES));
        number(out, "lot_multiplier", 1);
        KrakenReply.numbers(out, "leverage_buy", List.of());
        KrakenReply.numbers(out, "leverage_sell", List.of());
        KrakenReply.numbers(out, "fees", List.of());
        KrakenReply.numbers(out, "fees_maker", List.of());
        known.ifPresent(step -> {
            KrakenReply.text(out, "ordermin", step.size().toPlainString());
            KrakenReply.text(out, "tick_size", step.price().toPlainString());
        });
        KrakenReply.text(out, "status", "online");
        out.endObject();
    }

    Response assets(Request request) throws RequestRejected {
        Parameters.of(request, "asset", "aclass");
        Set<String> assets = new TreeSet<>();
        for (Instrument instrument : pairs.all()) {
            assets.add(instrument.base());
            assets.add(instrument.quote());
        }
        return labelled(KrakenReply.result(out -> assets.forEach(asset -> asset(out, asset))));
    }

    private static void asset(JsonOutput out, String asset) {
        out.name(KrakenNames.asset(asset));
        out.startObject();
        KrakenReply.text(out, "aclass", "currency");
        KrakenReply.text(out, "altname", KrakenNames.code(asset));
        number(out, "decimals", ASSET_PLACES);
        number(out, "display_decimals", ASSET_PLACES / 2);
        KrakenReply.text(out, "status", "enabled");
        out.endObject();
    }

    private static void number(JsonOutput out, String name, int value) {
        out.name(name);
        out.number(value);
    }

    private Response labelled(Response response) {
        return DataLabels.on(response, queries.isMocked());
    }
}
