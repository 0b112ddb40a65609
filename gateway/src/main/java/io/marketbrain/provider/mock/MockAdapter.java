package io.marketbrain.provider.mock;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.provider.Descriptor;
import io.marketbrain.provider.JsonValue;
import io.marketbrain.provider.MalformedPayload;
import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import java.time.Instant;

/** Speaks to the mock market in the clothes of the provider that it stands in for. */
public final class MockAdapter implements ProviderAdapter {
    private final Descriptor clothes;

    public MockAdapter(Descriptor clothes) {
        this.clothes = clothes;
    }

    @Override
    public ProviderRequest request(MarketQuery query) {
        return ProviderRequest.get("/" + query.operation().wire()).with("symbol", query.subject());
    }

    @Override
    public MarketData parse(MarketQuery query, RawPayload raw) throws MalformedPayload {
        JsonValue json = JsonValue.parse(raw.body());
        return switch (query) {
            case QuoteQuery q ->
                new Quote(
                        clothes.listing(q.instrument()),
                        json.at("price").decimal(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Instant.parse(json.at("time").text()));
            default -> throw new MalformedPayload("the stand-in only quotes");
        };
    }
}
