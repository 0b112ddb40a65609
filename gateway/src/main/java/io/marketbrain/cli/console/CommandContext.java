package io.marketbrain.cli.console;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The environment that a command runs in.
 *
 * @param terminal whether {@code out} is a terminal rather than a pipe
 * @param workingDirectory where the command was given
 * @param home the folder of the {@code brain} command
 * @param secrets where credentials are read from
 * @param lines where answers to questions are read from
 */
public record CommandContext(
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Map<String, String> environment,
        Path workingDirectory,
        Path home,
        InstantSource clock,
        SecretInput secrets,
        LineInput lines) {
    public CommandContext {
        environment = Map.copyOf(environment);
    }

    /** A context that reads answers from this process's standard input. */
    public CommandContext(
            PrintStream out,
            PrintStream err,
            boolean terminal,
            Map<String, String> environment,
            Path workingDirectory,
            Path home,
            InstantSource clock,
            SecretInput secrets) {
        this(out, err, terminal, environment, workingDirectory, home, clock, secrets, LineInput.ofProcess());
    }

    /** A context that reads credentials from this process's terminal or standard input. */
    public CommandContext(
            PrintStream out,
            PrintStream err,
            boolean terminal,
            Map<String, String> environment,
            Path workingDirectory,
            Path home,
            InstantSource clock) {
        this(out, err, terminal, environment, workingDirectory, home, clock, SecretInput.ofProcess());
    }

    /** The context of this process. */
    public static CommandContext ofProcess(InstantSource clock) {
        Map<String, String> environment = System.getenv();
        Path here = Path.of("").toAbsolutePath();
        String home = environment.get("BRAIN_HOME");
        String terminal = environment.get("BRAIN_TERMINAL");
        return new CommandContext(
                ConsoleOutput.ofProcess(),
                System.err,
                terminal == null ? isTerminal() : terminal.equals("1"),
                environment,
                here,
                home == null || home.isEmpty() ? here : here.resolve(home),
                clock);
    }

    /** Whether progress may be shown: standard error is a terminal and the result does not go there as well. */
    public boolean showsProgress() {
        return !terminal && "1".equals(environment.get("BRAIN_STDERR_TERMINAL"));
    }

    /** Flushes the output and returns {@code code}, or, if output could not be written, the code that says so. */
    public int flushed(int code) {
        out.flush();
        if (!(out instanceof ConsoleOutput console)) {
            return code;
        }
        Optional<IOException> failure = console.failure();
        if (failure.isEmpty()) {
            return code;
        }
        if (console.readerHasEnded()) {
            return ExitCode.READER_ENDED;
        }
        err.println("brain: the output cannot be written: " + failure.get().getMessage());
        return ExitCode.OUTPUT_FAILED;
    }

    @SuppressWarnings("SystemConsoleNull") // without a terminal it is null in Java 25 again
    private static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }
}
