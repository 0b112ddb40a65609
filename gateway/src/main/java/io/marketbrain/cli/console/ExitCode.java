package io.marketbrain.cli.console;

/** The numbers that a command ends with; docs/cli.md lists them. */
public final class ExitCode {
    public static final int OK = 0;

    /** The command is valid but failed: no data, or a failed check. */
    public static final int FAILURE = 1;

    /** The command line, the request or the configuration is invalid. */
    public static final int USAGE = 2;

    /** The port is in use. */
    public static final int PORT_IN_USE = 3;

    /** The output could not be written, for example because the disk is full. */
    public static final int OUTPUT_FAILED = 5;

    /** The program that read the output has ended, as if by SIGPIPE. */
    public static final int READER_ENDED = 141;

    private ExitCode() {}
}
