package io.marketbrain.cli.commands;

import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.rows.RowLayout;
import io.marketbrain.cli.rows.SymbolRowCommand;
import picocli.CommandLine.Command;

/** {@code brain quote}: current prices. */
@Command(
        name = "quote",
        description = "Shows the current price of one or more symbols; needs no server.",
        footer = {
            "",
            "Examples:",
            "  brain quote AAPL EURUSD",
            "  brain quote binance BTCUSDT",
            "  brain quote binance BTC/USDT ETH/USDT --format csv",
            "  BINANCE_MODE=live brain quote binance BTCUSDT | jq -r .data.price",
        })
public final class QuoteCommand extends SymbolRowCommand {
    public QuoteCommand(LocalGateway local) {
        super(local, RowLayout.QUOTE, "data");
    }
}
