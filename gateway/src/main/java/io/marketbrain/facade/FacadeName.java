package io.marketbrain.facade;

import io.marketbrain.model.ProviderId;
import java.util.Locale;
import java.util.Optional;

/** The APIs of other programs that the gateway can serve. */
public enum FacadeName {
    BINANCE("/compat/binance", "Binance's market data", "binance"),
    KRAKEN("/compat/kraken", "Kraken's market data", "kraken"),
    COINBASE("/compat/coinbase", "Coinbase's market data", "coinbase"),
    UDF("/udf", "TradingView's data feed", ""),
    MCP("/mcp", "the Model Context Protocol", ""),
    PORTFOLIO("/portfolio", "portfolio programs", ""),
    COINGECKO("/compat/coingecko", "CoinGecko", "auto"),
    /** Off unless switched on, because it lets pages of OpenBB's origins read data. */
    OPENBB("/openbb", "OpenBB Workspace", "");

    private final String prefix;
    private final String title;
    private final String provider;

    /** @param provider whose data it has unless configured otherwise; empty if its requests name the provider */
    FacadeName(String prefix, String title, String provider) {
        this.prefix = prefix;
        this.title = title;
        this.provider = provider;
    }

    /** The path that its paths begin with. */
    public String prefix() {
        return prefix;
    }

    /** What it serves, in words that complete "the API of". */
    public String title() {
        return title;
    }

    /** Whose data it has unless configured otherwise; empty if its requests name the provider. */
    public Optional<ProviderId> provider() {
        return provider.isEmpty() ? Optional.empty() : Optional.of(new ProviderId(provider));
    }

    /** Whether it is served unless configured otherwise. */
    public boolean isOn() {
        return this != OPENBB;
    }

    /** What the keys of its settings begin with, such as {@code facades.binance}. */
    public String key() {
        return "facades." + name().toLowerCase(Locale.ROOT);
    }
}
