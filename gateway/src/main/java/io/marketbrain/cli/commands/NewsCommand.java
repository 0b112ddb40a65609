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

/** {@code brain news}: headlines. */
@Command(
        name = "news",
        description = "Shows the latest news, or those about a subject; needs no server.",
        footer = {
            "",
            "Examples:",
            "  brain news mock",
            "  brain news mock bitcoin --limit 5 --format csv",
        })
public final class NewsCommand implements Callable<Integer> {
    private final LocalGateway local;

    @Parameters(
            index = "0",
            paramLabel = "PROVIDER",
            description = "A provider that \"brain providers\" lists.",
            completionCandidates = CompletionCandidates.Providers.class)
    private String provider = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "TEXT", description = "What the news are about.")
    private List<String> text = List.of();

    @Option(names = "--limit", paramLabel = "COUNT", description = "The maximum number of news: 1 to 100. (20)")
    private @Nullable String limit;

    @Mixin
    private RowOptions rows = new RowOptions();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public NewsCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        rows.check();
        Map<String, Optional<String>> query = Map.of(
                "q", Optional.of(String.join(" ", text)).filter(words -> !words.isEmpty()),
                "limit", Optional.ofNullable(limit));
        return local.ask(
                options.given(),
                api -> rows.print(
                        local, api, RowLayout.NEWS, List.of(provider), id -> List.of("api", "v1", "news", id), query));
    }
}
