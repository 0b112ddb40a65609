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

/** {@code brain series}: economic time series. */
@Command(
        name = "series",
        description = "Shows the observations of one or more economic series; needs no server.",
        footer = {
            "",
            "Examples:",
            "  brain series mock CPIAUCSL --from 2020",
            "  brain series mock GDP UNRATE --format csv",
        })
public final class SeriesCommand implements Callable<Integer> {
    private final LocalGateway local;

    @Parameters(
            index = "0",
            paramLabel = "PROVIDER",
            description = "A provider that \"brain providers\" lists.",
            completionCandidates = CompletionCandidates.Providers.class)
    private String provider = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "ID", description = "Such as GDP or CPIAUCSL.")
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

    @Mixin
    private RowOptions rows = new RowOptions();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public SeriesCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        rows.check();
        Map<String, Optional<String>> query = Map.of(
                "from", rows.instant("--from", from, local),
                "to", rows.instant("--to", to, local),
                "limit", Optional.ofNullable(limit));
        return local.ask(
                options.given(),
                api -> rows.print(
                        local, api, RowLayout.SERIES, ids, id -> List.of("api", "v1", "series", provider, id), query));
    }
}
