package io.marketbrain.cli.completion;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ExitCode;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brain completion}: the script with which a shell completes commands and options. */
@Command(
        name = "completion",
        description = "Prints a script with which bash, zsh or fish completes commands, options and their values.",
        footer = {
            "",
            "Examples:",
            "  source <(brain completion bash)              in this shell, or in ~/.bashrc",
            "  source <(brain completion zsh)               in this shell, or in ~/.zshrc",
            "  brain completion fish > ~/.config/fish/completions/brain.fish",
        })
public final class CompletionCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    private String shell = "";

    @Spec
    private @Nullable CommandSpec command;

    public CompletionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        CommandSpec self = Objects.requireNonNull(command);
        List<CompletionEntry> entries = CompletionEntry.all(self.root());
        context.out()
                .print(
                        switch (shell) {
                            case "bash" -> BashCompletion.bash(entries);
                            case "zsh" -> BashCompletion.zsh(entries);
                            case "fish" -> FishCompletion.script(entries);
                            default ->
                                throw new ParameterException(
                                        self.commandLine(), "'" + shell + "' is not one of bash, zsh, fish");
                        });
        return ExitCode.OK;
    }
}
