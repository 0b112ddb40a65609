package io.marketbrain.api.endpoints;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.FoundSymbols;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.SymbolSearch;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
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
                                        .put("in_memory", list.inMemory())
                                        .put("instruments", (long) list.instruments()))))
                .with("Cache-Control", "no-cache");
    }

    private static @Nullable AssetType type(Parameters parameters) throws RequestRejected {
        Optional<AssetType> type = parameters.oneOf(
                "type",
                Optional.empty(),
                text -> {
                    Optional<AssetType> named = findType(text.toLowerCase(Locale.ROOT));
                    return named.isPresent() ? Optional.of(named) : Optional.empty();
                },
                _ -> Arrays.stream(AssetType.values()).map(AssetType::wire).collect(Collectors.joining(", ")));
        return type.orElse(null);
    }

    private static Optional<AssetType> findType(String wire) {
        return Arrays.stream(AssetType.values())
                .filter(one -> one.wire().equals(wire))
                .findFirst();
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

    private static void writeProvider(JsonDocument json, FoundSymbols.AtProvider at) {
        json.put("provider", at.provider().value())
                .put("symbol", at.symbol())
                .put("mode", at.mode().wire());
        if (at.facts() != null && at.facts().contractSize() != null) {
            json.put("contract_size", at.facts().contractSize());
        }
        if (at.facts() != null && at.facts().isin() != null) {
            json.put("isin", at.facts().isin());
        }
        if (at.facts() != null && at.facts().delisting() != null) {
            LocalDate on = at.facts().delisting().on();
            json.put("status", "delisted").put("delisted_on", on == null ? null : on.toString());
        }
    }
}
