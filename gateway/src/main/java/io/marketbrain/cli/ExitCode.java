package io.marketbrain.cli;

/** The numbers that a command ends with; docs/cli.md lists them. */
final class ExitCode {
    static final int OK = 0;

    /** The command was understood and could not be done: no answer, a check that failed. */
    static final int FAILURE = 1;

    /** The command line, the question or the configuration is wrong. */
    static final int USAGE = 2;

    /** The port is in use. */
    static final int PORT_IN_USE = 3;

    private ExitCode() {}
}
