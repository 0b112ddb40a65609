package io.marketbrain.provider.recording;

import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Queries as JSON objects in recordings, with their instruments in unified form. Pure. */
final class QueryCodec {
    private QueryCodec() {}

    static void write(JsonOutput json, MarketQuery query) {
        json.startObject();
        put(json, "operation", query.operation().wire());
        put(json, "subject", query.subject());
        switch (query) {
            case QuoteQuery _ -> {}
            case SymbolsQuery q -> {
                if (q.list() != null) {
                    put(json, "list", q.list());
                }
                if (q.page() != null) {
                    put(json, "page", q.page());
                }
            }
            case CandlesQuery q -> {
                put(json, "interval", q.interval().wire());
                put(json, "from", q.from());
                put(json, "to", q.to());
                put(json, q.limit());
                if (q.adjustment() != null) {
                    put(json, "adjustment", q.adjustment().wire());
                }
            }
            case BookQuery q -> put(json, q.depth());
            case TradesQuery q -> put(json, q.limit());
            case SeriesQuery q -> {
                put(json, "from", q.from());
                put(json, "to", q.to());
                put(json, q.limit());
            }
            case NewsQuery q -> put(json, q.limit());
        }
        json.endObject();
    }

    static MarketQuery read(JsonValue json, ProviderId provider, SymbolRules symbols) throws MalformedPayload {
        String subject = json.at("subject").text();
        return switch (json.at("operation").text()) {
            case "quote" -> new QuoteQuery(provider, instrument(subject, symbols), null);
            case "candles" ->
                new CandlesQuery(
                        provider,
                        instrument(subject, symbols),
                        Interval.find(json.at("interval").text())
                                .orElseThrow(() -> new MalformedPayload("there is no such interval")),
                        instant(json, "from"),
                        instant(json, "to"),
                        limit(json),
                        adjustment(json));
            case "book" -> new BookQuery(provider, instrument(subject, symbols), limit(json), null);
            case "trades" -> new TradesQuery(provider, instrument(subject, symbols), limit(json), null);
            case "series" ->
                new SeriesQuery(provider, subject, instant(json, "from"), instant(json, "to"), limit(json));
            case "news" -> new NewsQuery(provider, subject, limit(json));
            case "symbols" ->
                new SymbolsQuery(
                        provider,
                        json.find("list").isPresent() ? json.at("list").text() : null,
                        json.find("page").isPresent() ? json.at("page").text() : null);
            default -> throw new MalformedPayload("there is no such operation");
        };
    }

    private static Instrument instrument(String text, SymbolRules symbols) throws MalformedPayload {
        if (symbols.parse(text) instanceof Outcome.Success<Instrument>(Instrument instrument)) {
            return instrument;
        }
        throw new MalformedPayload("the instrument is none of this provider");
    }

    private static @Nullable Instant instant(JsonValue json, String name) throws MalformedPayload {
        if (json.find(name).isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(json.at(name).text());
        } catch (DateTimeException e) {
            throw new MalformedPayload("'" + name + "' is not a time");
        }
    }

    private static @Nullable Adjustment adjustment(JsonValue json) throws MalformedPayload {
        if (json.find("adjustment").isEmpty()) {
            return null;
        }
        return Adjustment.find(json.at("adjustment").text())
                .orElseThrow(() -> new MalformedPayload("there is no such adjustment"));
    }

    private static int limit(JsonValue json) throws MalformedPayload {
        return Math.toIntExact(json.at("limit").integer());
    }

    private static void put(JsonOutput json, String name, @Nullable Object value) {
        json.name(name);
        json.text(value == null ? null : value.toString());
    }

    private static void put(JsonOutput json, int limit) {
        json.name("limit");
        json.number(limit);
    }
}
