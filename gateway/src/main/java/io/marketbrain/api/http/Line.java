package io.marketbrain.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** The bytes of one connection, in the clear. {@link SecretLine} is the same through TLS. */
class Line {
    private final Socket socket;

    Line(Socket socket) {
        this.socket = socket;
    }

    final Socket socket() {
        return socket;
    }

    /** What the client sends. */
    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** What the client gets. */
    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /** Agrees with the client on how to speak; before that nothing is read. */
    void open() throws IOException, Refusal {}

    /** Ends in the way that the protocol has for it, so that nobody takes the end for a broken connection. */
    void sayGoodbye() throws IOException {}

    /** Tells the client that nothing more comes. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads nothing more. Safe from any thread, never blocks. */
    final void endInput() throws IOException {
        socket.shutdownInput();
    }

    /** Makes the coming {@link #cut} a reset, which nobody takes for the end of what was sent. */
    final void resetWhenCut() throws IOException {
        socket.setSoLinger(true, 0);
    }

    /** Ends the connection whatever it is doing. Safe from any thread, never blocks. */
    final void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            // As closed as it will ever be.
        }
    }
}
