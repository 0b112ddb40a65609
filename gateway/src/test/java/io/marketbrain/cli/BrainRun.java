package io.marketbrain.cli;

import io.marketbrain.Main;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ConsoleOutput;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** One run of a command in this process, against the real gateway. */
public record BrainRun(int code, String out, String err) {
    /** Runs a command as in a pipe. */
    public static BrainRun of(Path folder, String... arguments) {
        return with(folder, false, Map.of(), arguments);
    }

    /** Runs a command as in a terminal. */
    public static BrainRun inTerminal(Path folder, String... arguments) {
        return with(folder, true, Map.of(), arguments);
    }

    public static BrainRun with(Path folder, boolean terminal, Map<String, String> environment, String... arguments) {
        var out = new ByteArrayOutputStream();
        BrainRun run = into(out, folder, terminal, environment, arguments);
        return new BrainRun(run.code(), out.toString(StandardCharsets.UTF_8), run.err());
    }

    /** Runs a command whose output goes to {@code out}; the result has no output. */
    public static BrainRun into(
            OutputStream out, Path folder, boolean terminal, Map<String, String> environment, String... arguments) {
        var err = new ByteArrayOutputStream();
        var around = new CommandContext(
                new ConsoleOutput(out),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                environment,
                folder,
                folder,
                InstantSource.system());
        int code = Invocation.run(arguments, around, new Main());
        return new BrainRun(code, "", err.toString(StandardCharsets.UTF_8));
    }

    public List<String> lines() {
        return out.lines().toList();
    }
}
