package io.marketbrain.cli.commands;

import io.marketbrain.cli.console.CompletionCandidates;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.rows.RowLayout;
import io.marketbrain.cli.rows.RowOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
public final class QuoteCommand implements Callable<Integer> {
    private final LocalGateway local;

    @Parameters(
            index = "0",
            paramLabel = "PROVIDER",
            description = "A provider that \"brain providers\" lists, or auto.",
            completionCandidates = CompletionCandidates.Providers.class)
    private String provider = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "SYMBOL", description = "Such as BTCUSDT or BTC/USDT.")
    private List<String> symbols = List.of();

    @Mixin
    private RowOptions rows = new RowOptions();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public QuoteCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        rows.check();
        Map<String, Optional<String>> query = Map.of();
        return local.ask(
                options.given(),
                api -> rows.print(
                        local,
                        api,
                        RowLayout.QUOTE,
                        symbols,
                        symbol -> List.of("api", "v1", "data", provider, symbol),
                        query));
    }
}
