package io.marketbrain.facade.binance;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Request;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.PriceSteps.Steps;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.Instrument;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The path that lists the symbols. Thread-safe. */
final class ExchangeInfoEndpoint {
    private static final int PRECISION = 8;
    private static final BigDecimal LARGEST = new BigDecimal("1000000000");
    private static final List<String> ORDER_TYPES = List.of("LIMIT", "LIMIT_MAKER", "MARKET");

    private final BinanceSource source;
    private final BinanceSymbolList list;
    private final InstantSource clock;

    ExchangeInfoEndpoint(BinanceSource source, BinanceSymbolList list, InstantSource clock) {
        this.source = source;
        this.list = list;
        this.clock = clock;
    }

    Response spot(Request request) throws BinanceRejected {
        var parameters =
                BinanceParameters.of(request, "symbol", "symbols", "permissions", "showPermissionSets", "symbolStatus");
        List<String> named = parameters.symbols();
        return response(named.isEmpty() ? list.all() : list.of(named));
    }

    /** The list of a market that we do not serve: clients ask for it before they do anything else. */
    Response none(Request request) throws BinanceRejected {
        BinanceParameters.of(request);
        return response(Map.of());
    }

    private Response response(Map<String, Instrument> symbols) {
        boolean mock = source.isMocked();
        var out = new JsonOutput();
        out.startObject();
        BinanceJson.text(out, "timezone", "UTC");
        BinanceJson.time(out, "serverTime", clock.instant());
        out.name("rateLimits");
        out.startArray();
        out.endArray();
        out.name("exchangeFilters");
        out.startArray();
        out.endArray();
        BinanceJson.flag(out, "mock", mock);
        BinanceJson.text(out, "provider", source.provider().value());
        out.name("symbols");
        out.startArray();
        symbols.forEach((symbol, instrument) -> symbol(out, symbol, instrument));
        out.endArray();
        out.endObject();
        return DataLabels.on(Response.json(out.finish()), mock);
    }

    private void symbol(JsonOutput out, String symbol, Instrument instrument) {
        out.startObject();
        BinanceJson.text(out, "symbol", symbol);
        BinanceJson.text(out, "status", "TRADING");
        BinanceJson.text(out, "baseAsset", instrument.base());
        BinanceJson.text(out, "quoteAsset", instrument.quote());
        for (String name : List.of(
                "baseAssetPrecision",
                "quotePrecision",
                "quoteAssetPrecision",
                "baseCommissionPrecision",
                "quoteCommissionPrecision")) {
            out.name(name);
            out.number(PRECISION);
        }
        texts(out, "orderTypes", ORDER_TYPES);
        BinanceJson.flag(out, "icebergAllowed", false);
        BinanceJson.flag(out, "ocoAllowed", false);
        BinanceJson.flag(out, "quoteOrderQtyMarketAllowed", true);
        BinanceJson.flag(out, "allowTrailingStop", false);
        BinanceJson.flag(out, "cancelReplaceAllowed", false);
        BinanceJson.flag(out, "isSpotTradingAllowed", true);
        BinanceJson.flag(out, "isMarginTradingAllowed", false);
        out.name("filters");
        out.startArray();
        list.findSteps(instrument).ifPresent(steps -> filters(out, steps));
        out.endArray();
        texts(out, "permissions", List.of());
        out.name("permissionSets");
        out.startArray();
        out.startArray();
        out.text("SPOT");
        out.endArray();
        out.endArray();
        BinanceJson.text(out, "defaultSelfTradePreventionMode", "NONE");
        texts(out, "allowedSelfTradePreventionModes", List.of("NONE"));
        out.endObject();
    }

    private static void filters(JsonOutput out, Steps steps) {
        out.startObject();
        BinanceJson.text(out, "filterType", "PRICE_FILTER");
        BinanceJson.decimal(out, "minPrice", steps.price());
        BinanceJson.decimal(out, "maxPrice", LARGEST);
        BinanceJson.decimal(out, "tickSize", steps.price());
        out.endObject();
        out.startObject();
        BinanceJson.text(out, "filterType", "LOT_SIZE");
        BinanceJson.decimal(out, "minQty", steps.size());
        BinanceJson.decimal(out, "maxQty", LARGEST);
        BinanceJson.decimal(out, "stepSize", steps.size());
        out.endObject();
    }

    private static void texts(JsonOutput out, String name, List<String> texts) {
        out.name(name);
        out.startArray();
        texts.forEach(out::text);
        out.endArray();
    }
}
