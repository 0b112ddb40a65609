package io.marketbrain.telemetry.log;

import java.io.IOException;

/** The destination of rendered lines. Called by one thread at a time, which it may block for any length of time. */
interface Sink {

    /**
     * Writes a whole line.
     *
     * @throws IOException when the line, or a part of it, was not written
     */
    void write(byte[] line) throws IOException;
}
