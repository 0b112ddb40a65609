package io.marketbrain.api;

import java.io.IOException;
import java.net.BindException;

/** The address of the gateway cannot be listened on; the message is for the person who starts it. */
public final class CannotListen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean portTaken;

    CannotListen(String host, int port, IOException cause) {
        super(message(host, port, cause), cause);
        this.portTaken = isTaken(cause);
    }

    /** The owner has not decided how others may come in. */
    public CannotListen(String message) {
        super(message);
        this.portTaken = false;
    }

    /** Whether somebody else listens there already. */
    public boolean portTaken() {
        return portTaken;
    }

    private static String message(String host, int port, IOException cause) {
        return isTaken(cause)
                ? "port " + port + " is already in use on " + host
                        + ", perhaps by another gateway; --port chooses another one"
                : "cannot listen on " + host + " port " + port + ": " + cause.getMessage();
    }

    private static boolean isTaken(IOException cause) {
        return cause instanceof BindException
                && String.valueOf(cause.getMessage()).contains("in use");
    }
}
