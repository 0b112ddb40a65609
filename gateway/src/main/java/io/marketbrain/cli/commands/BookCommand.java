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

/** {@code brain book}: the orders that rest at an exchange. */
@Command(
        name = "book",
        description = "Shows the order book of one or more symbols; needs no server.",
        footer = {
            "",
            "Examples:",
            "  brain book binance BTCUSDT",
            "  brain book binance BTCUSDT --depth 5 --format csv",
        })
public final class BookCommand implements Callable<Integer> {
    private final LocalGateway local;

    @Parameters(
            index = "0",
            paramLabel = "PROVIDER",
            description = "A provider that \"brain providers\" lists.",
            completionCandidates = CompletionCandidates.Providers.class)
    private String provider = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "SYMBOL", description = "Such as BTCUSDT or BTC/USDT.")
    private List<String> symbols = List.of();

    @Option(names = "--depth", paramLabel = "COUNT", description = "The number of prices on each side: 1 to 5000. (20)")
    private @Nullable String depth;

    @Mixin
    private RowOptions rows = new RowOptions();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public BookCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        rows.check();
        Map<String, Optional<String>> query = Map.of("depth", Optional.ofNullable(depth));
        return local.ask(
                options.given(),
                api -> rows.print(
                        local,
                        api,
                        RowLayout.BOOK,
                        symbols,
                        symbol -> List.of("api", "v1", "book", provider, symbol),
                        query));
    }
}
