package io.marketbrain.cli.commands;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.SettingsLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code brain version}. */
@Command(name = "version", description = "Shows the version and the Java that it runs on.")
public final class VersionCommand implements Callable<Integer> {
    private final CommandContext context;

    public VersionCommand(CommandContext context) {
        this.context = context;
    }

    public static String line() {
        return "Market Intel Brain " + SettingsLoader.version().orElse("(development)") + " on Java "
                + Runtime.version();
    }

    @Override
    public Integer call() {
        context.out().println(line());
        return ExitCode.OK;
    }
}
