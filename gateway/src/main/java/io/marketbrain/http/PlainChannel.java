package io.marketbrain.http;

import io.marketbrain.http.message.HttpRejection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/** One connection without TLS. {@link TlsChannel} is the same with TLS. */
class PlainChannel {
    private final Socket socket;

    PlainChannel(Socket socket) {
        this.socket = socket;
    }

    final Socket socket() {
        return socket;
    }

    /** The bytes that the client sends. */
    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** The bytes sent to the client. */
    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /** Performs the handshake, if there is one; must be called before anything is read. */
    void open() throws IOException, HttpRejection {}

    /**
     * Sends the protocol's end of connection, if it has one, so that the client does not take the end for a broken
     * connection.
     */
    void sendClose() throws IOException {}

    /**
     * Makes every read end with a {@link java.net.SocketTimeoutException} after a while; zero lets it wait again. False if the socket
     * is closed. Does nothing with TLS, where a record could be read in part.
     */
    boolean readInSlices(Duration slice) {
        try {
            socket.setSoTimeout((int) slice.toMillis());
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** Closes the sending direction. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes the receiving direction. Safe from any thread, never blocks. */
    final void endInput() throws IOException {
        socket.shutdownInput();
    }

    /** Makes {@link #cut} reset the connection, so that the client does not take it for the end of the body. */
    final void resetWhenCut() throws IOException {
        socket.setSoLinger(true, 0);
    }

    /** Closes the connection whatever it is doing. Safe from any thread, never blocks. */
    final void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing more can be done.
        }
    }
}
