package io.marketbrain.facade.udf;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.FoundSymbols;
import io.marketbrain.pipeline.FoundSymbols.AtProvider;
import io.marketbrain.pipeline.FoundSymbols.Match;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.SymbolSearch;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds instruments and the providers that have them, in memory, without a request to any provider. Thread-safe. */
final class UdfSearch {
    /** Instruments to look through for those of one exchange. */
    private static final int MOST_MATCHES = 500;

    private final ProviderCatalog catalogue;

    UdfSearch(ProviderCatalog catalogue) {
        this.catalogue = catalogue;
    }

    /** An instrument at a provider; the provider is {@code auto} where no provider is known to list it. */
    private record Hit(Match match, String provider, String symbol) {
        String ticker() {
            return UdfSymbol.ticker(new ProviderId(provider), match.instrument());
        }
    }

    /**
     * The instruments as an array, the best first.
     *
     * @param type an asset type; empty for any
     * @param exchange the id of a provider; empty for any
     */
    byte[] search(String text, String type, String exchange, int limit) {
        return JsonDocument.array(hits(text, type, exchange, limit), UdfSearch::write);
    }

    private static void write(JsonDocument json, Hit hit) {
        Match match = hit.match();
        json.put("symbol", match.instrument().unified())
                .put("full_name", hit.ticker())
                .put("ticker", hit.ticker())
                .put("description", match.name() == null ? match.instrument().unified() : match.name())
                .put("exchange", hit.provider())
                .put("type", match.instrument().type().wire());
    }

    /** The instruments of a provider as columns, as {@code /symbol_info} has them. */
    byte[] group(String exchange) {
        List<Hit> hits = hits("", "", exchange, MOST_MATCHES);
        return JsonDocument.object(json -> json.strings(
                        "symbol",
                        hits.stream()
                                .map(hit -> hit.match().instrument().unified())
                                .toList())
                .strings("ticker", hits.stream().map(Hit::ticker).toList())
                .strings(
                        "description",
                        hits.stream()
                                .map(hit -> hit.match().name() == null
                                        ? hit.match().instrument().unified()
                                        : hit.match().name())
                                .map(String::valueOf)
                                .toList())
                .strings("exchange-listed", hits.stream().map(Hit::provider).toList())
                .strings("exchange-traded", hits.stream().map(Hit::provider).toList())
                .strings(
                        "type",
                        hits.stream()
                                .map(hit -> hit.match().instrument().type().wire())
                                .toList())
                .strings(
                        "currency-code",
                        hits.stream()
                                .map(hit -> hit.match().instrument().quote())
                                .toList())
                .put("session-regular", "24x7")
                .put("timezone", "Etc/UTC")
                .put("minmovement", 1L)
                .put("has-intraday", true));
    }

    private List<Hit> hits(String text, String type, String exchange, int limit) {
        var search = new SymbolSearch(
                text,
                InstrumentType.find(type.toLowerCase(Locale.ROOT)).orElse(null),
                provider(exchange),
                false,
                MOST_MATCHES);
        return switch (catalogue.search(search)) {
            case Outcome.Failed<FoundSymbols> _ -> List.of();
            case Outcome.Success<FoundSymbols>(FoundSymbols found) ->
                found.matches().stream()
                        .flatMap(match -> match.providers().isEmpty()
                                ? List.of(new Hit(
                                                match,
                                                ProviderId.AUTO.value(),
                                                match.instrument().unified()))
                                        .stream()
                                : match.providers().stream().map(at -> hit(match, at)))
                        .filter(hit -> exchange.isEmpty() || hit.provider().equalsIgnoreCase(exchange))
                        .limit(limit)
                        .toList();
        };
    }

    private static Hit hit(Match match, AtProvider at) {
        return new Hit(match, at.provider().value(), at.symbol());
    }

    private @Nullable ProviderId provider(String exchange) {
        String id = exchange.toLowerCase(Locale.ROOT);
        return ProviderId.isValid(id) && catalogue.provider(id) instanceof Outcome.Success ? new ProviderId(id) : null;
    }
}
