package io.marketbrain.facade.kraken;

import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.facade.FacadeQueries;
import io.marketbrain.facade.PriceSteps;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.Instrument;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The message of the channel of assets and pairs; what is not known is null. Thread-safe. */
final class InstrumentMessage {
    private final FacadeQueries queries;
    private final KrakenPairs pairs;
    private final PriceSteps steps;

    InstrumentMessage(FacadeQueries queries, KrakenPairs pairs, PriceSteps steps) {
        this.queries = queries;
        this.pairs = pairs;
        this.steps = steps;
    }

    byte[] snapshot() throws KrakenRefusal {
        List<Instrument> listed;
        try {
            listed = pairs.all();
        } catch (RequestRejected e) {
            throw new KrakenRefusal(KrakenReply.words(e.failure()));
        }
        Set<String> assets = new TreeSet<>();
        listed.forEach(pair -> assets.addAll(List.of(pair.base(), pair.quote())));
        var out = new JsonOutput();
        out.startObject();
        KrakenReply.text(out, "channel", "instrument");
        KrakenReply.text(out, "type", "snapshot");
        out.name("data");
        out.startObject();
        out.name("assets");
        out.startArray();
        assets.forEach(asset -> asset(out, asset));
        out.endArray();
        out.name("pairs");
        out.startArray();
        listed.forEach(pair -> pair(out, pair));
        out.endArray();
        out.endObject();
        out.endObject();
        return out.finish();
    }

    private static void asset(JsonOutput out, String asset) {
        out.startObject();
        KrakenReply.text(out, "id", asset);
        KrakenReply.text(out, "status", "enabled");
        number(out, "precision", BigDecimal.valueOf(PairListEndpoints.ASSET_PLACES));
        number(out, "precision_display", BigDecimal.valueOf(PairListEndpoints.ASSET_PLACES / 2));
        out.name("borrowable");
        out.bool(false);
        number(out, "collateral_value", null);
        number(out, "margin_rate", null);
        out.endObject();
    }

    private void pair(JsonOutput out, Instrument pair) {
        Optional<BigDecimal> price = steps.find(queries.provider(), pair).map(PriceSteps.Steps::price);
        Optional<BigDecimal> size = steps.find(queries.provider(), pair).map(PriceSteps.Steps::size);
        out.startObject();
        KrakenReply.text(out, "symbol", KrakenNames.feedPair(pair));
        KrakenReply.text(out, "base", pair.base());
        KrakenReply.text(out, "quote", pair.quote());
        KrakenReply.text(out, "status", "online");
        places(out, "qty_precision", size);
        number(out, "qty_increment", size.orElse(null));
        number(out, "qty_min", size.orElse(null));
        places(out, "price_precision", price);
        number(out, "price_increment", price.orElse(null));
        number(out, "tick_size", price.orElse(null));
        number(out, "cost_precision", null);
        number(out, "cost_min", null);
        out.name("marginable");
        out.bool(false);
        out.name("has_index");
        out.bool(false);
        out.endObject();
    }

    private static void places(JsonOutput out, String name, Optional<BigDecimal> step) {
        number(out, name, step.map(value -> BigDecimal.valueOf(value.scale())).orElse(null));
    }

    private static void number(JsonOutput out, String name, @Nullable BigDecimal value) {
        out.name(name);
        if (value == null) {
            out.nothing();
        } else {
            out.number(value.toPlainString());
        }
    }
}
