package io.marketbrain.cli.commands;

import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.rows.RowLayout;
import io.marketbrain.cli.rows.SymbolRowCommand;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code brain trades}: the latest trades. */
@Command(
        name = "trades",
        description = "Shows the latest trades of one or more symbols; needs no server.",
        footer = {
            "",
            "Examples:",
            "  brain trades binance BTCUSDT --limit 20",
            "  brain trades kraken BTC/USD ETH/USD --format csv",
        })
public final class TradesCommand extends SymbolRowCommand {
    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            description = "The maximum number of trades of a symbol: 1 to 1000. (100)")
    private @Nullable String limit;

    public TradesCommand(LocalGateway local) {
        super(local, RowLayout.TRADES, "trades");
    }

    @Override
    protected Map<String, Optional<String>> query() {
        return Map.of("limit", Optional.ofNullable(limit));
    }
}
