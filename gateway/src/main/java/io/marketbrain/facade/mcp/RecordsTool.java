package io.marketbrain.facade.mcp;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver.Listed;
import io.marketbrain.model.Call;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code records}: order books, trades, series of economies and instruments, and news. */
final class RecordsTool implements McpTool {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MOST = 1000;
    private static final int MOST_TEXT = 200;

    private final ToolMarket market;

    RecordsTool(ToolMarket market) {
        this.market = market;
    }

    /** What can be asked for. */
    private enum Kind {
        BOOK,
        TRADES,
        SERIES,
        NEWS;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String name() {
        return "records";
    }

    @Override
    public String description() {
        return "Order book, latest trades, series of economies or instruments, or news.";
    }

    @Override
    public List<ToolArgument> arguments() {
        return List.of(
                ToolArgument.text("kind", "")
                        .oneOf(List.of("book", "trades", "series", "news"))
                        .always(),
                ToolArgument.text(
                                "subject",
                                "book, trades: provider:symbol; series: provider:id (fred:CPIAUCSL, okx:funding_rate:BTC-USDT-SWAP, polygon:dividends:AAPL); news: provider:words")
                        .always(),
                ToolArgument.text("from", "series: first date"),
                ToolArgument.text("to", "series: end"),
                ToolArgument.number("limit", "20 by default"));
    }

    @Override
    public ToolText call(ToolCall tool) throws RequestRejected {
        int most = tool.maxTokens();
        Kind kind = tool.parameters()
                .oneOf(
                        "kind",
                        Kind.BOOK,
                        text -> Arrays.stream(Kind.values())
                                .filter(one -> one.wire().equals(text))
                                .findFirst(),
                        _ -> "book, trades, series, news");
        String subject = tool.parameters().find("subject").orElse("").strip();
        int limit = tool.parameters().integer("limit", DEFAULT_LIMIT, 1, MOST);
        MarketQuery query = query(tool, kind, subject, limit);
        Call call = market.call(tool);
        QueryResult answer = RequestRejected.orReject(market.fetch(query, call));
        List<String> rows = rows(answer.data());
        List<String> head = List.of(
                kind.wire() + " of " + subject + "; "
                        + ProvenanceText.of(answer.provenance(), answer.data().asOf()),
                head(answer.data()));
        String address = address(tool, kind, query, limit, rows.size());
        return ToolText.of(BoundedText.of(
                most,
                head,
                rows,
                kind == Kind.TRADES || kind == Kind.SERIES,
                shown -> (shown < rows.size() ? shown + " of " + rows.size() + " rows shown. " : "") + "Full CSV: "
                        + address));
    }

    private MarketQuery query(ToolCall tool, Kind kind, String subject, int limit) throws RequestRejected {
        return switch (kind) {
            case BOOK -> {
                Listed listed = market.find(subject);
                yield new BookQuery(listed.provider(), listed.instrument(), limit, null);
            }
            case TRADES -> {
                Listed listed = market.find(subject);
                boolean orFewer = tool.parameters().find("limit").isEmpty();
                yield new TradesQuery(listed.provider(), listed.instrument(), limit, null, orFewer);
            }
            case SERIES -> {
                var range = tool.parameters().range();
                ProviderId provider = provider(subject, "provider:id, such as fred:CPIAUCSL");
                yield new SeriesQuery(
                        provider, market.seriesId(provider, rest(subject)), range.from(), range.to(), limit);
            }
            case NEWS -> {
                String words = rest(subject);
                if (words.length() > MOST_TEXT) {
                    throw RequestRejected.invalid(
                            "subject", EchoedText.of(words), "at most " + MOST_TEXT + " characters");
                }
                yield new NewsQuery(provider(subject, "provider:words, such as newsapi:bitcoin"), words, limit);
            }
        };
    }

    /** @param form what a subject looks like */
    private static ProviderId provider(String subject, String form) throws RequestRejected {
        int colon = subject.indexOf(':');
        String id = colon < 0 ? "" : subject.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!ProviderId.isValid(id)) {
            throw RequestRejected.invalid("subject", EchoedText.of(subject), form + "; status lists the providers");
        }
        return new ProviderId(id);
    }

    private static String rest(String subject) {
        return subject.substring(subject.indexOf(':') + 1).strip();
    }

    private static String head(MarketData data) {
        return switch (data) {
            case MarketData.OrderBook _ -> "bid_size,bid,ask,ask_size";
            case MarketData.Trades _ -> "time,price,size,side";
            case MarketData.Series series ->
                "date,value of " + series.title() + (series.unit() == null ? "" : ", " + series.unit())
                        + multiplier(series.details().unitMultiplier());
            default -> "published,title,url";
        };
    }

    private static String multiplier(@Nullable BigDecimal multiplier) {
        return multiplier == null ? "" : " × " + multiplier.toPlainString();
    }

    private static List<String> rows(MarketData data) {
        return switch (data) {
            case MarketData.OrderBook book -> levels(book);
            case MarketData.Trades trades ->
                trades.trades().stream()
                        .map(trade -> trade.time() + "," + trade.price().toPlainString() + ","
                                + trade.size().toPlainString() + ","
                                + (trade.side() == null
                                        ? ""
                                        : trade.side().name().toLowerCase(Locale.ROOT)))
                        .toList();
            case MarketData.Series series ->
                series.observations().stream()
                        .map(one -> ProvenanceText.time(one.time()) + "," + value(one))
                        .toList();
            case MarketData.NewsItems news ->
                news.items().stream()
                        .map(item -> ProvenanceText.time(item.published()) + "," + oneLine(item.title()) + ","
                                + (item.url() == null ? "" : item.url()))
                        .toList();
            default -> List.of();
        };
    }

    /** A split whose ratio is no decimal number is shown as {@code 1:3}. */
    private static String value(MarketData.Observation one) {
        if (one.value() != null) {
            return one.value().toPlainString();
        }
        return one.ratio() == null ? "" : one.ratio().text();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static List<String> levels(MarketData.OrderBook book) {
        var rows = new ArrayList<String>();
        for (int i = 0; i < Math.max(book.bids().size(), book.asks().size()); i++) {
            Level bid = i < book.bids().size() ? book.bids().get(i) : null;
            Level ask = i < book.asks().size() ? book.asks().get(i) : null;
            rows.add(size(bid) + "," + price(bid) + "," + price(ask) + "," + size(ask));
        }
        return rows;
    }

    private static String price(@Nullable Level level) {
        return level == null ? "" : level.price().toPlainString();
    }

    private static String size(@Nullable Level level) {
        return level == null ? "" : level.size().toPlainString();
    }

    /** @param returned the number of rows, which is that of the trades that a provider returns at most if no limit was given */
    private static String address(ToolCall tool, Kind kind, MarketQuery query, int limit, int returned) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String path = "/api/v1/" + kind.wire() + "/" + query.provider();
        switch (kind) {
            case BOOK -> parameters.put("depth", Integer.toString(limit));
            case NEWS -> {
                parameters.put("q", query.subject());
                parameters.put("limit", Integer.toString(limit));
            }
            case TRADES -> {
                boolean orFewer = query instanceof TradesQuery trades && trades.orFewer() && returned > 0;
                parameters.put("limit", Integer.toString(orFewer ? returned : limit));
            }
            case SERIES -> {
                tool.parameters().find("from").ifPresent(from -> parameters.put("from", from));
                tool.parameters().find("to").ifPresent(to -> parameters.put("to", to));
                parameters.put("limit", Integer.toString(limit));
            }
        }
        parameters.put("format", "csv");
        return tool.address(kind == Kind.NEWS ? path : path + "/" + query.subject(), parameters);
    }
}
