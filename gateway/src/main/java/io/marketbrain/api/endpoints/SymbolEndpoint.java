package io.marketbrain.api.endpoints;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.MarketData.ListedSymbol.Delisting;
import io.marketbrain.model.MarketData.ListedSymbol.SymbolFacts;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.FoundSymbols;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.SymbolSearch;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The path that searches for instruments. Thread-safe. */
public final class SymbolEndpoint {
    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 500;

    private final SymbolResolver resolver;
    private final ProviderCatalog catalogue;

    public SymbolEndpoint(SymbolResolver resolver, ProviderCatalog catalogue) {
        this.resolver = resolver;
        this.catalogue = catalogue;
    }

    public Response symbols(Request request) throws RequestRejected {
        var parameters = Parameters.of(request, "q", "type", "provider", "online", "limit");
        var search = new SymbolSearch(
                parameters.text("q", SymbolResolver.MAX_LENGTH).strip(),
                type(parameters),
                provider(parameters),
                parameters.flag("online"),
                parameters.integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
        FoundSymbols found = RequestRejected.orReject(catalogue.search(search));
        return Response.json(JsonDocument.document(json -> json.put("success", true)
                        .put("count", (long) found.matches().size())
                        .put("more", found.more())
                        .objects("symbols", found.matches(), SymbolEndpoint::write)
                        .objects(
                                "lists",
                                found.lists(),
                                (item, list) -> item.put(
                                                "provider", list.provider().value())
                                        .put("list", list.name())
                                        .put("in_memory", list.inMemory())
                                        .put("instruments", (long) list.instruments())
                                        .put("complete", list.complete())
                                        .put("problem", list.problem()))
                        .objects("changes", found.changes(), SymbolEndpoint::writeChange)))
                .with("Cache-Control", "no-cache");
    }

    private static @Nullable InstrumentType type(Parameters parameters) throws RequestRejected {
        Optional<InstrumentType> type = parameters.oneOf(
                "type",
                Optional.empty(),
                text -> {
                    Optional<InstrumentType> named = InstrumentType.find(text.toLowerCase(Locale.ROOT));
                    return named.isPresent() ? Optional.of(named) : Optional.empty();
                },
                _ -> InstrumentType.names());
        return type.orElse(null);
    }

    private @Nullable ProviderId provider(Parameters parameters) throws RequestRejected {
        Optional<String> name = parameters.find("provider");
        if (name.isEmpty()) {
            return null;
        }
        ProviderId provider = resolver.provider(name.get());
        return provider.equals(ProviderId.AUTO) ? null : provider;
    }

    private static void write(JsonDocument json, FoundSymbols.Match match) {
        Instrument instrument = match.instrument();
        json.put("instrument", instrument.unified())
                .put("symbol", instrument.base())
                .put("currency", instrument.quote())
                .put("asset_type", instrument.type().wire())
                .put("settle", instrument.settle())
                .put(
                        "expiry",
                        instrument.expiry() == null ? null : instrument.expiry().toString())
                .put("mic", instrument.mic())
                .put("name", match.name())
                .put("known_from", match.source().name().toLowerCase(Locale.ROOT))
                .objects("providers", match.providers(), SymbolEndpoint::writeProvider);
    }

    private static @Nullable String day(Delisting delisting) {
        LocalDate on = delisting.on();
        return on == null ? null : on.toString();
    }

    private static void writeChange(JsonDocument json, FoundSymbols.Change change) {
        json.put("symbol", change.symbol())
                .put("market", change.market())
                .put("change", change.what())
                .put("successor", change.successor())
                .put("on", change.on().toString())
                .put(
                        "reused_since",
                        change.reusedSince() == null
                                ? null
                                : change.reusedSince().toString())
                .put("text", change.text())
                .strings("sources", change.sources());
    }

    private static void writeProvider(JsonDocument json, FoundSymbols.AtProvider at) {
        json.put("provider", at.provider().value())
                .put("symbol", at.symbol())
                .put("mode", at.mode().wire());
        SymbolFacts facts = at.facts();
        if (facts == null) {
            return;
        }
        if (facts.contractSize() != null) {
            json.put("contract_size", facts.contractSize());
        }
        if (facts.tick() != null) {
            json.put("tick_size", facts.tick());
        }
        if (facts.lot() != null) {
            json.put("lot_size", facts.lot());
        }
        if (facts.isin() != null) {
            json.put("isin", facts.isin());
        }
        if (facts.delisting() != null) {
            json.put("status", "delisted").put("delisted_on", day(facts.delisting()));
        }
        if (facts.earlier() != null) {
            json.put("reused", true).put("earlier_delisted_on", day(facts.earlier()));
        }
    }
}
