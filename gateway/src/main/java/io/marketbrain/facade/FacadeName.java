package io.marketbrain.facade;

import io.marketbrain.model.ProviderId;
import java.util.Locale;
import java.util.Optional;

/** The APIs of other programs that the gateway can serve. */
public enum FacadeName {
    BINANCE("/compat/binance", "Binance's market data", Optional.of(new ProviderId("binance"))),
    UDF("/udf", "TradingView's data feed", Optional.empty()),
    MCP("/mcp", "the Model Context Protocol", Optional.empty()),
    PORTFOLIO("/portfolio", "portfolio programs", Optional.empty()),
    COINGECKO("/compat/coingecko", "CoinGecko", Optional.of(ProviderId.AUTO)),
    /** Off unless switched on, because it lets pages of OpenBB's origins read data. */
    OPENBB("/openbb", "OpenBB Workspace", Optional.empty());

    private final String prefix;
    private final String title;
    private final Optional<ProviderId> provider;

    /** @param provider whose data it has unless configured otherwise; empty if its requests name the provider */
    FacadeName(String prefix, String title, Optional<ProviderId> provider) {
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
        return provider;
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
