package io.marketbrain.cli.commands;

import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.rows.RowLayout;
import io.marketbrain.cli.rows.SymbolRowCommand;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
public final class BookCommand extends SymbolRowCommand {
    @Option(names = "--depth", paramLabel = "COUNT", description = "The number of prices on each side: 1 to 5000. (20)")
    private @Nullable String depth;

    public BookCommand(LocalGateway local) {
        super(local, RowLayout.BOOK, "book");
    }

    @Override
    protected Map<String, Optional<String>> query() {
        return Map.of("depth", Optional.ofNullable(depth));
    }
}
