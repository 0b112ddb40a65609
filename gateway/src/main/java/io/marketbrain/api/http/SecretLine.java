package io.marketbrain.api.http;

import io.marketbrain.api.tls.Tls;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The bytes of one connection through TLS. A client that speaks HTTP in the clear is told so in the clear. */
final class SecretLine extends Line {
    /** The first byte of a TLS handshake (RFC 8446, 5.1). */
    private static final int HANDSHAKE = 0x16;

    private final Tls tls;
    private final Incoming in;
    private final Outgoing out;
    private @Nullable SSLSocket secure;

    SecretLine(Socket socket, Tls tls) throws IOException {
        super(socket);
        this.tls = tls;
        this.in = new Incoming(socket.getInputStream());
        this.out = new Outgoing(socket.getOutputStream());
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
    void open() throws IOException, Refusal {
        int first = socket().getInputStream().read();
        if (first >= 'A' && first <= 'Z') {
            throw new Refusal(400, "this port speaks TLS: ask https, not http");
        }
        if (first != HANDSHAKE) {
            throw new IOException("this is not TLS");
        }
        SSLSocket through = tls.over(socket(), new ByteArrayInputStream(new byte[] {HANDSHAKE}));
        through.startHandshake();
        in.become(through.getInputStream());
        out.become(through.getOutputStream());
        secure = through;
    }

    @Override
    void sayGoodbye() throws IOException {
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

    private static final class Incoming extends FilterInputStream {
        Incoming(InputStream first) {
            super(first);
        }

        void become(InputStream next) {
            in = next;
        }
    }

    private static final class Outgoing extends FilterOutputStream {
        Outgoing(OutputStream first) {
            super(first);
        }

        void become(OutputStream next) {
            out = next;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }
    }
}
