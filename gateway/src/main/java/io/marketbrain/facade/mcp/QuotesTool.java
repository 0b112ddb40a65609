package io.marketbrain.facade.mcp;

import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.facade.SymbolList;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QueryResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code quotes}: the latest prices of instruments. */
final class QuotesTool implements McpTool {
    private static final String COLUMNS = "symbol,price,unit,bid,ask,as_of,source,freshness,quality";

    private final ToolMarket market;
    private final int maxBatch;
    private final InstantSource clock;

    QuotesTool(ToolMarket market, int maxBatch, InstantSource clock) {
        this.market = market;
        this.maxBatch = maxBatch;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "quotes";
    }

    @Override
    public String description() {
        return "Latest price, bid and ask of one or many instruments, with source, time and quality.";
    }

    @Override
    public List<ToolArgument> arguments() {
        return List.of(
                ToolArgument.texts("symbols", "such as binance:BTC/USDT, yahoo:AAPL, EUR/USD")
                        .always(),
                ToolArgument.text("at", "past time, ISO; mock data only"));
    }

    @Override
    public ToolText call(ToolCall tool) throws RequestRejected {
        int most = tool.maxTokens();
        List<String> symbols = SymbolList.of("symbols", tool.parameters().all("symbols"), maxBatch);
        Instant at = tool.parameters().past("at", clock).orElse(null);
        Call call = market.call(tool);
        List<Outcome<QueryResult>> outcomes =
                market.all(symbols, call, listed -> new QuoteQuery(listed.provider(), listed.instrument(), at));
        var rows = new ArrayList<String>();
        var listed = new ArrayList<String>();
        var failures = new ArrayList<String>();
        boolean mock = false;
        for (int i = 0; i < symbols.size(); i++) {
            switch (outcomes.get(i)) {
                case Outcome.Success<QueryResult>(QueryResult answer)
                when answer.data() instanceof Quote quote -> {
                    rows.add(row(quote, answer.provenance()));
                    listed.add(answer.provenance().provider().value() + ":"
                            + quote.listing().instrument().unified());
                    mock |= ResponseJson.isMock(answer.provenance());
                }
                case Outcome.Success<QueryResult> _ -> failures.add(symbols.get(i) + ": no quote");
                case Outcome.Failed<QueryResult>(Failure failure) ->
                    failures.add("failed " + symbols.get(i) + ": " + ToolAdvice.of(failure));
            }
        }
        if (rows.isEmpty()) {
            return ToolText.failed(BoundedText.of(most, String.join("\n", failures)));
        }
        var query = new LinkedHashMap<String, String>();
        query.put("symbols", String.join(",", listed));
        query.put("format", "csv");
        String path = "/api/v1/quotes";
        String address = at == null ? tool.address(path, query) : tool.addressAt(at, path, query);
        var head = new ArrayList<String>();
        if (mock) {
            head.add("Rows with source mock are simulated, not real prices.");
        }
        head.add(COLUMNS);
        rows.addAll(failures);
        return ToolText.of(BoundedText.of(
                most,
                head,
                rows,
                false,
                shown -> (shown < rows.size() ? shown + " of " + rows.size() + " rows shown. " : "") + "Full CSV: "
                        + address));
    }

    private static String row(Quote quote, Provenance provenance) {
        return provenance.provider() + ":" + quote.listing().instrument().unified() + ","
                + quote.price().toPlainString() + ","
                + quote.listing().priceUnit() + ","
                + plain(quote.bid()) + ","
                + plain(quote.ask()) + ","
                + (quote.asOf() == null ? "" : ProvenanceText.time(quote.asOf())) + ","
                + ProvenanceText.cell(provenance) + ","
                + provenance.freshness().wire() + ","
                + ProvenanceText.quality(provenance);
    }

    private static String plain(@Nullable BigDecimal value) {
        return value == null ? "" : value.toPlainString();
    }
}
