package io.marketbrain.cli.commands;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The commands that the {@code brain} script runs itself; these classes only provide their help. */
public final class ScriptCommands {
    private ScriptCommands() {}

    private static int refuse(CommandContext context, String command) {
        context.err().println("brain: \"" + command + "\" is a command of the brain script in a source checkout");
        return ExitCode.USAGE;
    }

    /** {@code brain test}. */
    @Command(
            name = "test",
            header = "Runs all tests.",
            description = {
                "First installs what they need (the Debian packages redis-server and chromium) if it may,"
                        + " otherwise says what to install. Further arguments are passed to Maven.",
            },
            footer = {"", "Examples:", "  brain test", "  brain test -Dtest=EnvFileTest"})
    public static final class Test implements Callable<Integer> {
        private final CommandContext context;

        @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "For Maven.")
        private List<String> arguments = List.of();

        public Test(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            return refuse(
                    context,
                    String.join(" ", "test", String.join(" ", arguments)).strip());
        }
    }

    /** {@code brain bench}. */
    @Command(name = "bench", description = "Measures start, memory, speed and disk on this machine.")
    public static final class Bench implements Callable<Integer> {
        private final CommandContext context;

        @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "For bench/run.")
        private List<String> arguments = List.of();

        public Bench(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            return refuse(
                    context,
                    String.join(" ", "bench", String.join(" ", arguments)).strip());
        }
    }

    /** {@code brain dist}. */
    @Command(
            name = "dist",
            description = "Builds a folder that runs without an installed Java, and its tar.gz (docs/install.md).")
    public static final class Dist implements Callable<Integer> {
        private final CommandContext context;

        public Dist(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            return refuse(context, "dist");
        }
    }

    /** {@code brain build}. */
    @Command(
            name = "build",
            description =
                    "Builds from the sources; the other commands do so automatically when the sources have changed.")
    public static final class Build implements Callable<Integer> {
        private final CommandContext context;

        public Build(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            return refuse(context, "build");
        }
    }
}
