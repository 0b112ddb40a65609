package io.marketbrain.facade.mcp;

import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.FoundSymbols;
import io.marketbrain.pipeline.FoundSymbols.Match;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.SymbolSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code search}: instruments by a part of their code or name. Asks no provider, so it costs nothing. */
final class SearchTool implements McpTool {
    private static final int MOST = 50;
    private static final int MOST_PROVIDERS = 4;
    private static final List<String> TYPES = Arrays.stream(AssetType.values())
            .filter(type -> type != AssetType.NEWS)
            .map(AssetType::wire)
            .toList();

    private final SymbolResolver resolver;
    private final ProviderCatalog catalogue;

    SearchTool(SymbolResolver resolver, ProviderCatalog catalogue) {
        this.resolver = resolver;
        this.catalogue = catalogue;
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public String description() {
        return "Find the symbol of an instrument by name or code. Free.";
    }

    @Override
    public List<ToolArgument> arguments() {
        return List.of(
                ToolArgument.text("text", "such as bitcoin or VOD.L").always(),
                ToolArgument.text("type", "").oneOf(TYPES),
                ToolArgument.text("provider", ""));
    }

    @Override
    public ToolText call(ToolCall tool) throws RequestRejected {
        int most = tool.maxTokens();
        String text = tool.parameters().text("text", SymbolResolver.MAX_LENGTH).strip();
        boolean typed = tool.parameters().find("type").isPresent();
        InstrumentType type = tool.parameters()
                .oneOf("type", InstrumentType.SPOT, InstrumentType::find, _ -> String.join(", ", TYPES));
        Optional<String> name = tool.parameters().find("provider");
        ProviderId provider = name.isEmpty() ? null : resolver.provider(name.get());
        FoundSymbols found = RequestRejected.orReject(catalogue.search(new SymbolSearch(
                text, typed ? type : null, ProviderId.AUTO.equals(provider) ? null : provider, false, MOST)));
        if (found.matches().isEmpty()) {
            return ToolText.failed("Nothing found for '" + text
                    + "'. Next: try a shorter part of the name, its ticker, or no type and provider.");
        }
        List<String> rows = found.matches().stream().map(SearchTool::row).toList();
        boolean confirmed = found.matches().stream().anyMatch(match -> match.source() != FoundSymbols.Source.RULES);
        var head = new ArrayList<String>();
        if (!confirmed) {
            head.add("No list has '" + text
                    + "': these are only symbols of that form, which a quote confirms or refuses."
                    + " Shares are found by their tickers (AAPL), not by names.");
        }
        head.add("Source: the gateway's lists, not prices. instrument,type,currency,name,symbols to use");
        var query = new LinkedHashMap<String, String>();
        query.put("q", text);
        String address = tool.address("/api/v1/symbols", query);
        return ToolText.of(BoundedText.of(
                most,
                head,
                rows,
                false,
                shown -> (shown < rows.size() || found.more() ? shown + " shown, there are more. " : "") + "All: "
                        + address));
    }

    private static String row(Match match) {
        String symbols = match.providers().stream()
                .limit(MOST_PROVIDERS)
                .map(at -> at.provider() + ":" + match.instrument().unified())
                .collect(Collectors.joining(" "));
        return match.instrument().unified() + "," + match.instrument().type().wire() + ","
                + match.instrument().quote() + "," + (match.name() == null ? "" : match.name()) + ","
                + (symbols.isEmpty() ? match.instrument().unified() : symbols)
                + (match.source() == FoundSymbols.Source.RULES ? " (unconfirmed)" : "");
    }
}
