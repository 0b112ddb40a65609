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
public final class NewsCommand extends ProviderRowCommand {
    @Parameters(index = "1..*", arity = "0..*", paramLabel = "TEXT", description = "What the news are about.")
    private List<String> text = List.of();

    @Option(names = "--limit", paramLabel = "COUNT", description = "The maximum number of news: 1 to 100. (20)")
    private @Nullable String limit;

    public NewsCommand(LocalGateway local) {
        super(local, RowLayout.NEWS);
    }

    @Override
    protected List<List<String>> paths(String provider) {
        return List.of(List.of("news", provider));
    }

    @Override
    protected Map<String, Optional<String>> query() {
        return Map.of(
                "q", Optional.of(String.join(" ", text)).filter(words -> !words.isEmpty()),
                "limit", Optional.ofNullable(limit));
    }
}
