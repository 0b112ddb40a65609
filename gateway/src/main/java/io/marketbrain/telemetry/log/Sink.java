package io.marketbrain.telemetry.log;

import java.io.IOException;

/** Where finished lines go. Called by one thread at a time, which it may hold up for as long as it likes. */
interface Sink {

    /**
     * Writes a whole line.
     *
     * @throws IOException when the line, or a part of it, was not taken
     */
    void write(byte[] line) throws IOException;
}
