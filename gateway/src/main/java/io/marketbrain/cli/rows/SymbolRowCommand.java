package io.marketbrain.cli.rows;

import io.marketbrain.api.LocalApi;
import io.marketbrain.cli.console.CompletionCandidates;
import io.marketbrain.cli.console.LocalGateway;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that prints one kind of data about some instruments, as rows. */
public abstract class SymbolRowCommand extends RowCommand {
    private final String operation;

    @Parameters(
            arity = "1..*",
            paramLabel = SymbolWords.LABEL,
            description = SymbolWords.DESCRIPTION,
            completionCandidates = CompletionCandidates.Providers.class)
    private List<String> words = List.of();

    @Spec
    private @Nullable CommandSpec command;

    /** @param operation the part of the path that says what is requested */
    protected SymbolRowCommand(LocalGateway local, RowLayout layout, String operation) {
        super(local, layout);
        this.operation = operation;
    }

    @Override
    protected final List<List<String>> paths(LocalApi api) {
        return SymbolWords.read(api, command, words).stream()
                .map(named -> List.of(operation, named.provider(), named.symbol()))
                .toList();
    }
}
