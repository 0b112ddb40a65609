package io.marketbrain.provider;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.CandlePaging;
import io.marketbrain.model.CostModel;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.RateLimit;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about a provider before the first call: where it is, what it can do, how it spells symbols, what it
 * limits. Read from {@code providers/<id>.json}. Immutable.
 *
 * @param keyHeader the header that carries the API key, if the provider takes one
 * @param keySetting the setting that holds the key, such as {@code BINANCE_API_KEY}
 * @param secretSetting the setting that holds the secret, if there is one
 * @param pageSize the most candles one request returns
 * @param candlePaging how to get at more candles than that
 * @param rates what it allows its callers per stretch of time
 * @param costs what its calls cost
 * @param zone the IANA zone of its trading day
 */
public record Descriptor(
        ProviderId id,
        String name,
        String exchange,
        URI baseUrl,
        AssetType assetType,
        Set<Operation> operations,
        Set<Interval> intervals,
        int pageSize,
        CandlePaging candlePaging,
        int maxDepth,
        int maxTrades,
        SymbolRules symbols,
        Optional<String> keyHeader,
        Optional<String> keySetting,
        Optional<String> secretSetting,
        int maxConnections,
        List<RateLimit> rates,
        CostModel costs,
        String zone,
        List<String> examples) {

    public Descriptor {
        operations = Set.copyOf(operations);
        intervals = intervals.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(intervals));
        rates = List.copyOf(rates);
        examples = List.copyOf(examples);
    }

    /** The same provider with another understanding of symbols. */
    public Descriptor withSymbols(SymbolRules symbols) {
        return new Descriptor(
                id,
                name,
                exchange,
                baseUrl,
                assetType,
                operations,
                intervals,
                pageSize,
                candlePaging,
                maxDepth,
                maxTrades,
                symbols,
                keyHeader,
                keySetting,
                secretSetting,
                maxConnections,
                rates,
                costs,
                zone,
                examples);
    }

    /** How this provider lists an instrument. */
    public MarketData.Listing listing(Instrument instrument) {
        return new MarketData.Listing(instrument, symbols.spell(instrument), exchange, zone, instrument.quote());
    }
}
