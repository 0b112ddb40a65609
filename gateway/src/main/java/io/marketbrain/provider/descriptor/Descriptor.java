package io.marketbrain.provider.descriptor;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.model.cost.CostModel;
import io.marketbrain.model.cost.RateLimit;
import io.marketbrain.provider.symbols.TradingZone;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about a provider before the first call: its hosts, operations, symbol format and
 * limits. Read from {@code providers/<id>.json}. Immutable.
 *
 * @param authentication how requests carry the credentials, where the gateway's owner has configured any
 * @param keySetting the setting that holds the key, such as {@code BINANCE_API_KEY}
 * @param secretSetting the setting that holds the secret, if there is one
 * @param assetTypes its kinds of instruments, the main one first
 * @param terms the operations that it offers, with their terms
 * @param payloads how much of its responses is read
 * @param costs what its calls cost
 * @param examples symbols that it has, in its own spelling first
 * @param about what it tells readers
 * @param mapping how its requests are built and what its responses mean, where it has no adapter of its own; not yet read
 */
public record Descriptor(
        ProviderId id,
        String name,
        Venue venue,
        ProviderHosts hosts,
        Authentication authentication,
        Optional<String> keySetting,
        Optional<String> secretSetting,
        List<AssetType> assetTypes,
        Map<Operation, OperationTerms> terms,
        Set<Interval> intervals,
        ProviderLimits limits,
        PayloadLimitPolicy payloads,
        SymbolRules symbols,
        CostModel costs,
        List<String> examples,
        ProviderInfo.About about,
        Optional<DescriptorObject> mapping) {

    /**
     * Where a provider's prices come from.
     *
     * @param name the exchange's or publisher's name, as shown to callers
     * @param mic the ISO 10383 market identifier; empty where the venue has none or the provider covers several
     * @param zone the IANA zone of the trading day
     */
    public record Venue(String name, Optional<String> mic, String zone) {}

    public Descriptor {
        assetTypes = List.copyOf(assetTypes);
        terms = Map.copyOf(terms);
        intervals = intervals.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(intervals));
        examples = List.copyOf(examples);
    }

    /** The operations that the gateway can call. */
    public Set<Operation> operations() {
        return terms.keySet();
    }

    /** The terms of an operation that it offers. */
    public OperationTerms terms(Operation operation) {
        return terms.getOrDefault(operation, OperationTerms.USUAL);
    }

    /** Whether it has series by ids of its own or by pairs of currencies, and not only those about instruments. */
    public boolean hasSeriesById() {
        return terms.containsKey(Operation.SERIES)
                && (terms(Operation.SERIES).kinds().isEmpty() || assetTypes.contains(AssetType.MACRO));
    }

    /** Whether it is asked what a series by id is in a request of its own. */
    public boolean describesSeries() {
        return mapping.filter(rules -> rules.has("series_description")).isPresent();
    }

    /** The same provider with other symbol rules. */
    public Descriptor withSymbols(SymbolRules symbols) {
        return with(terms, limits, payloads, symbols);
    }

    /** The same provider with other rate limits; with its own, if there are none. */
    public Descriptor withRates(List<RateLimit> rates) {
        return rates.isEmpty() ? this : with(terms, limits.withRates(rates), payloads, symbols);
    }

    /**
     * The same provider, everything that callers can request of it on the usual terms and with other limits of its
     * payloads: what stands in for it.
     */
    public Descriptor onUsualTerms(PayloadLimitPolicy payloads) {
        var usual = new EnumMap<Operation, OperationTerms>(Operation.class);
        Operation.requestable().stream()
                .filter(terms::containsKey)
                .forEach(operation -> usual.put(operation, terms(operation).asUsual()));
        return with(usual, limits, payloads, symbols);
    }

    private Descriptor with(
            Map<Operation, OperationTerms> terms,
            ProviderLimits limits,
            PayloadLimitPolicy payloads,
            SymbolRules symbols) {
        return new Descriptor(
                id,
                name,
                venue,
                hosts,
                authentication,
                keySetting,
                secretSetting,
                assetTypes,
                terms,
                intervals,
                limits,
                payloads,
                symbols,
                costs,
                examples,
                about,
                mapping);
    }

    /** How this provider lists an instrument. The trading day is that of the instrument's exchange where it is known. */
    public MarketData.Listing listing(Instrument instrument) {
        String zone = TradingZone.find(instrument).orElse(venue.zone());
        return new MarketData.Listing(
                instrument, symbols.spell(instrument), venue.name(), zone, symbols.priceUnit(instrument));
    }
}
