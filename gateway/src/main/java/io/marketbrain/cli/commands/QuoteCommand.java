package io.marketbrain.cli.commands;

import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.rows.RowCommand;
import io.marketbrain.cli.rows.RowLayout;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code brain quote}: current prices. */
@Command(
        name = "quote",
        description = "Shows the current price of one or more symbols; needs no server.",
        footer = {
            "",
            "Examples:",
            "  brain quote binance BTCUSDT",
            "  brain quote binance BTC/USDT ETH/USDT --format csv",
            "  BINANCE_MODE=live brain quote binance BTCUSDT | jq -r .data.price",
        })
public final class QuoteCommand extends RowCommand {
    @Parameters(index = "1..*", arity = "1..*", paramLabel = "SYMBOL", description = "Such as BTCUSDT or BTC/USDT.")
    private List<String> symbols = List.of();

    public QuoteCommand(LocalGateway local) {
        super(local, RowLayout.QUOTE);
    }

    @Override
    protected List<List<String>> paths(String provider) {
        return paths("data", provider, symbols);
    }
}
