package io.marketbrain.cli;

/** The numbers a command ends with. */
public final class ExitCode {
    public static final int OK = 0;

    /** The command was understood and could not be done. */
    public static final int FAILURE = 1;

    /** The command line or the configuration is wrong. */
    public static final int USAGE = 2;

    /** The port is in use. */
    public static final int PORT_IN_USE = 3;

    private ExitCode() {}
}
