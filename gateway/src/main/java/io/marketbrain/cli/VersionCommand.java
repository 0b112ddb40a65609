package io.marketbrain.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code brain version}. */
@Command(name = "version", description = "Says which version this is, and on which Java it runs.")
final class VersionCommand implements Callable<Integer> {
    private final Surroundings around;

    VersionCommand(Surroundings around) {
        this.around = around;
    }

    static String line() {
        return "Market Intel Brain " + Settings.version().orElse("(development)") + " on Java " + Runtime.version();
    }

    @Override
    public Integer call() {
        around.out().println(line());
        return ExitCode.OK;
    }
}
