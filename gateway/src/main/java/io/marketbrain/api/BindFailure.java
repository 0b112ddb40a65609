package io.marketbrain.api;

import java.io.IOException;
import java.net.BindException;

/** The gateway cannot listen on its address. The message is shown to the user who starts it. */
public final class BindFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean portTaken;

    BindFailure(String host, int port, IOException cause) {
        super(message(host, port, cause), cause);
        this.portTaken = isTaken(cause);
    }

    /** The configuration does not allow listening, for instance because access from other machines is not set up. */
    public BindFailure(String message) {
        super(message);
        this.portTaken = false;
    }

    /** Whether another process already listens on the port. */
    public boolean portTaken() {
        return portTaken;
    }

    private static String message(String host, int port, IOException cause) {
        return isTaken(cause)
                ? "port " + port + " is already in use on " + host
                        + ", perhaps by another gateway; choose another one with --port"
                : "cannot listen on " + host + " port " + port + ": " + cause.getMessage();
    }

    private static boolean isTaken(IOException cause) {
        return cause instanceof BindException
                && String.valueOf(cause.getMessage()).contains("in use");
    }
}
