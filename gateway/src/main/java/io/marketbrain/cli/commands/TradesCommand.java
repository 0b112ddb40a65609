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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
public final class TradesCommand implements Callable<Integer> {
    private final LocalGateway local;

    @Parameters(
            index = "0",
            paramLabel = "PROVIDER",
            description = "A provider that \"brain providers\" lists.",
            completionCandidates = CompletionCandidates.Providers.class)
    private String provider = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "SYMBOL", description = "Such as BTCUSDT or BTC/USDT.")
    private List<String> symbols = List.of();

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            description = "The maximum number of trades of a symbol: 1 to 1000. (100)")
    private @Nullable String limit;

    @Mixin
    private RowOptions rows = new RowOptions();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public TradesCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        rows.check();
        Map<String, Optional<String>> query = Map.of("limit", Optional.ofNullable(limit));
        return local.ask(
                options.given(),
                api -> rows.print(
                        local,
                        api,
                        RowLayout.TRADES,
                        symbols,
                        symbol -> List.of("api", "v1", "trades", provider, symbol),
                        query));
    }
}
