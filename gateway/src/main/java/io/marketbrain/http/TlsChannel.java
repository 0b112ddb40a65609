package io.marketbrain.http;

import io.marketbrain.http.message.HttpRejection;
import io.marketbrain.http.tls.ServerTls;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection with TLS. A client that sends plain HTTP gets a plain HTTP error response. */
final class TlsChannel extends PlainChannel {
    /** The first byte of a TLS handshake (RFC 8446, 5.1). */
    private static final int HANDSHAKE = 0x16;

    private final ServerTls tls;
    private final SwitchableInput in;
    private final SwitchableOutput out;
    private @Nullable SSLSocket secure;

    TlsChannel(Socket socket, ServerTls tls) throws IOException {
        super(socket);
        this.tls = tls;
        this.in = new SwitchableInput(socket.getInputStream());
        this.out = new SwitchableOutput(socket.getOutputStream());
    }

    @Override
    InputStream in() {
        return in;
    }

    @Override
    OutputStream out() {
        return out;
    }

    @Override
    void open() throws IOException, HttpRejection {
        int first = socket().getInputStream().read();
        if (first >= 'A' && first <= 'Z') {
            throw new HttpRejection(400, "this port requires TLS: use https, not http");
        }
        if (first != HANDSHAKE) {
            throw new IOException("the client did not start a TLS handshake");
        }
        SSLSocket through = tls.over(socket(), new ByteArrayInputStream(new byte[] {HANDSHAKE}));
        through.startHandshake();
        in.switchTo(through.getInputStream());
        out.switchTo(through.getOutputStream());
        secure = through;
    }

    @Override
    boolean readInSlices(Duration slice) {
        return true;
    }

    @Override
    void sendClose() throws IOException {
        if (secure != null) {
            secure.shutdownOutput();
        }
    }

    @Override
    void endOutput() throws IOException {
        if (secure == null) {
            super.endOutput();
        } else {
            secure.shutdownOutput();
        }
    }

    private static final class SwitchableInput extends FilterInputStream {
        SwitchableInput(InputStream first) {
            super(first);
        }

        void switchTo(InputStream next) {
            in = next;
        }
    }

    private static final class SwitchableOutput extends FilterOutputStream {
        SwitchableOutput(OutputStream first) {
            super(first);
        }

        void switchTo(OutputStream next) {
            out = next;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }
    }
}
