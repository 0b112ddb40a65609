package io.marketbrain.cli.commands;

import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.rows.ProviderRowCommand;
import io.marketbrain.cli.rows.RowLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain series}: time series of economies and instruments. */
@Command(
        name = "series",
        description = {
            "Shows the observations of one or more series; needs no server.",
            "",
            "An ID is one of the provider's, or the kind of a series and a symbol: funding_rate:BTCUSDT, mark_price:BTCUSDT, open_interest:BTCUSDT, dividends:AAPL, splits:AAPL, price:BTC-USD."
        },
        footer = {
            "",
            "Examples:",
            "  brain series mock CPIAUCSL --from 2020",
            "  brain series mock GDP UNRATE --format csv",
            "  brain series binancefutures funding_rate:BTCUSDT --limit 9",
        })
public final class SeriesCommand extends ProviderRowCommand {
    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "ID",
            description = "Such as GDP, CPIAUCSL or dividends:AAPL.")
    private List<String> ids = List.of();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "The time of the first observation: 2020-01-31, 2020-01, 2020, -10y.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "The time before which the last observation is. (now)")
    private @Nullable String to;

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            description = "The maximum number of observations: 1 to 5000. (1000)")
    private @Nullable String limit;

    public SeriesCommand(LocalGateway local) {
        super(local, RowLayout.SERIES);
    }

    @Override
    protected List<List<String>> paths(String provider) {
        return ids.stream().map(id -> List.of("series", provider, id)).toList();
    }

    @Override
    protected Map<String, Optional<String>> query() {
        return Map.of(
                "from", instant("--from", from),
                "to", instant("--to", to),
                "limit", Optional.ofNullable(limit));
    }
}
