package io.marketbrain.facade.mcp;

import io.marketbrain.api.conversion.ConvertEndpoint;
import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** {@code convert}: an amount in another currency or crypto asset. */
final class ConvertTool implements McpTool {
    private static final String DIGITS = "12";

    private final ToolMarket market;
    private final ConvertEndpoint endpoint;
    private final ApiServices services;

    ConvertTool(ToolMarket market, ApiServices services) {
        this.market = market;
        this.services = services;
        this.endpoint = new ConvertEndpoint(services.resolver(), services.executor(), services.clock());
    }

    @Override
    public String name() {
        return "convert";
    }

    @Override
    public String description() {
        return "Convert an amount between currencies or crypto assets, now or in the past, with the rates used.";
    }

    @Override
    public List<ToolArgument> arguments() {
        return List.of(
                ToolArgument.text("amount", "decimal, 1 by default"),
                ToolArgument.text("from", "such as USD or BTC").always(),
                ToolArgument.text("to", "such as EUR").always(),
                ToolArgument.text("at", "past time, ISO"),
                ToolArgument.text("provider", "any by default"));
    }

    @Override
    public ToolText call(ToolCall tool) throws RequestRejected {
        int most = tool.maxTokens();
        var query = new LinkedHashMap<String, String>();
        for (String name : List.of("amount", "from", "to", "at", "provider")) {
            tool.parameters().find(name).ifPresent(value -> query.put(name, value));
        }
        ProviderId provider =
                services.resolver().provider(tool.parameters().find("provider").orElse(ProviderId.AUTO.value()));
        Call call = market.call(tool);
        for (Operation operation : List.of(Operation.QUOTE, Operation.CANDLES, Operation.SERIES)) {
            Optional<Failure> refusal = market.findRefusal(provider, operation, call);
            if (refusal.isPresent()) {
                throw new RequestRejected(refusal.get());
            }
        }
        String address = tool.address("/api/v1/convert", query);
        query.put("digits", DIGITS);
        Response response = endpoint.convert(tool.with(query));
        try {
            return ToolText.of(
                    BoundedText.of(most, text(JsonValue.parse(response.bytes())) + "\nFull digits: " + address));
        } catch (MalformedPayload e) {
            throw new IllegalStateException("the conversion has an unexpected form", e);
        }
    }

    private static String text(JsonValue json) throws MalformedPayload {
        var lines = new ArrayList<String>();
        lines.add(json.at("amount").text() + " " + json.at("from").text() + " = "
                + json.at("result").text() + " " + json.at("to").text()
                + (json.at("exact").bool() ? "" : " (rounded to " + DIGITS + " digits)")
                + (json.at("mock").bool() ? "; simulated rates, not real" : ""));
        for (JsonValue rate : json.at("path").items()) {
            lines.add(rate.at("instrument").text() + " " + rate.at("rate").text()
                    + (rate.at("inverted").bool() ? " inverted" : "") + "; source: "
                    + (rate.at("mock").bool() ? "MOCK" : rate.at("source").text() + " (live)") + "; "
                    + rate.at("freshness").text()
                    + (rate.at("as_of").isNull()
                            ? ""
                            : "; as of " + rate.at("as_of").text()) + "; quality: "
                    + quality(rate));
        }
        return String.join("\n", lines);
    }

    private static String quality(JsonValue rate) throws MalformedPayload {
        var codes = new ArrayList<String>();
        for (JsonValue flag : rate.at("quality").items()) {
            codes.add(flag.at("code").text());
        }
        return codes.isEmpty() ? "ok" : String.join(" ", codes);
    }
}
