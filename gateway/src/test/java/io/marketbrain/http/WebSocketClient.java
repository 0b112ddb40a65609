package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.marketbrain.http.tls.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** A WebSocket client that sends arbitrary frames and parses those of the server strictly. */
public final class WebSocketClient implements AutoCloseable {
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    /** One frame of the server. */
    @SuppressWarnings("ArrayRecordComponent") // frames are never compared
    public record Frame(int opcode, byte[] payload) {
        public String text() {
            return new String(payload, UTF_8);
        }

        /** The close code; 1005 if there is none. */
        public int code() {
            return payload.length == 0 ? 1005 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        }
    }

    private final RawClient client;

    private WebSocketClient(RawClient client) {
        this.client = client;
    }

    public static WebSocketClient open(int port, String target) throws IOException {
        return open(new RawClient(port), target, "");
    }

    /** Opens a WebSocket over TLS to a server that has this certificate. */
    static WebSocketClient open(TestCertificate certificate, int port, String target) throws Exception {
        var plain = new Socket(InetAddress.getLoopbackAddress(), port);
        var socket = (SSLSocket)
                TestCertificate.trusting(certificate).getSocketFactory().createSocket(plain, "localhost", port, true);
        socket.startHandshake();
        socket.setSoTimeout(20_000);
        return open(new RawClient(socket), target, "");
    }

    /** Opens a WebSocket of a host name. */
    public static WebSocketClient open(int port, String host, String target) throws IOException {
        return opened(new RawClient(port), request(target, "").replace("Host: localhost", "Host: " + host));
    }

    /** Opens a WebSocket; {@code more} are further header lines. */
    public static WebSocketClient open(RawClient client, String target, String more) throws IOException {
        return opened(client, request(target, more));
    }

    private static WebSocketClient opened(RawClient client, String request) throws IOException {
        RawClient.Answer answer = client.send(request).head();
        if (answer.status() != 101 || !ACCEPT.equals(answer.headers().get("sec-websocket-accept"))) {
            throw new IOException("not a WebSocket: " + answer);
        }
        return new WebSocketClient(client);
    }

    static String request(String target, String more) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n" + more + "\r\n";
    }

    public WebSocketClient text(String text) throws IOException {
        return send(frame(0x81, text.getBytes(UTF_8)));
    }

    /** Sends bytes even if the server has disconnected already. */
    public WebSocketClient send(byte[] bytes) {
        client.sendRegardless(bytes);
        return this;
    }

    /** A masked frame with the shortest length. */
    static byte[] frame(int first, byte[] payload) {
        int form = payload.length <= 125 ? 0 : payload.length <= 0xffff ? 2 : 8;
        return frame(first, form, payload.length, payload);
    }

    /** A masked frame with a length in a certain form (0, 2 or 8 additional bytes) and any payload. */
    static byte[] frame(int first, int form, long length, byte[] payload) {
        var out = new ByteArrayOutputStream();
        out.write(first);
        out.write(0x80 | (form == 0 ? (int) length : form == 2 ? 126 : 127));
        for (int i = form - 1; i >= 0; i--) {
            out.write((int) (length >>> (8 * i)));
        }
        out.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ MASK[i % 4]);
        }
        return out.toByteArray();
    }

    public WebSocketClient close(int code) {
        return send(frame(0x88, new byte[] {(byte) (code >> 8), (byte) code}));
    }

    /** The next frame of the server, which must be a whole, unmasked one with the shortest length. */
    public Frame next() throws IOException {
        int first = one();
        int length = one();
        if ((first & 0xf0) != 0x80 || length > 127) {
            throw new IOException("a fragmented or masked frame or one with a reserved bit: " + first + " " + length);
        }
        if (length >= 126) {
            int form = length == 126 ? 2 : 8;
            length = 0;
            for (int i = 0; i < form; i++) {
                length = (length << 8) | one();
            }
            if (length <= (form == 2 ? 125 : 0xffff)) {
                throw new IOException("a length that is not the shortest");
            }
        }
        return new Frame(first & 0x0f, client.raw(length).getBytes(ISO_8859_1));
    }

    private int one() throws IOException {
        return client.raw(1).charAt(0);
    }

    /** Sends nothing more. */
    WebSocketClient endOutput() throws IOException {
        client.endOutput();
        return this;
    }

    public boolean ends() throws IOException {
        return client.ends();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
