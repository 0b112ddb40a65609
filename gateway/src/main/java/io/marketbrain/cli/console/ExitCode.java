package io.marketbrain.cli.console;

/** The numbers that a command ends with; docs/cli.md lists them. */
public final class ExitCode {
    public static final int OK = 0;

    /** The command was understood and could not be done: no answer, a check that failed. */
    public static final int FAILURE = 1;

    /** The command line, the question or the configuration is wrong. */
    public static final int USAGE = 2;

    /** The port is in use. */
    public static final int PORT_IN_USE = 3;

    private ExitCode() {}
}
