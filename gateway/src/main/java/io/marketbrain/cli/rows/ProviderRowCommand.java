package io.marketbrain.cli.rows;

import io.marketbrain.api.LocalApi;
import io.marketbrain.cli.console.CompletionCandidates;
import io.marketbrain.cli.console.LocalGateway;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command that prints what one provider has of some subjects that are no instruments, as rows. */
public abstract class ProviderRowCommand extends RowCommand {
    @Parameters(
            index = "0",
            paramLabel = "PROVIDER",
            description = "A provider that \"brain providers\" lists, or auto.",
            completionCandidates = CompletionCandidates.Providers.class)
    private String provider = "";

    protected ProviderRowCommand(LocalGateway local, RowLayout layout) {
        super(local, layout);
    }

    /** The paths to request below {@code /api/v1}. */
    protected abstract List<List<String>> paths(String provider);

    @Override
    protected final List<List<String>> paths(LocalApi api) {
        return paths(provider);
    }
}
