package io.marketbrain.provider;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A {@link PlaybackServer}'s answer that opens a WebSocket and follows a script, as a provider's feed would. */
public final class WebSocketAnswer implements PlaybackServer.Answer {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Script script;

    /** What the server does on one connection; the connection ends with it. */
    @FunctionalInterface
    public interface Script {
        void play(Peer peer) throws IOException, InterruptedException;
    }

    public WebSocketAnswer(Script script) {
        this.script = script;
    }

    @Override
    public void send(PlaybackServer.Asked asked, PlaybackServer.Line line) throws IOException, InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Upgrade", "websocket");
        headers.put("Connection", "Upgrade");
        headers.put("Sec-WebSocket-Accept", accept(asked.headers().get("sec-websocket-key")));
        line.head(101, headers);
        try {
            script.play(new Peer(line));
        } catch (EOFException e) {
            // the client has gone
        }
        line.close();
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server's end of a connection. */
    public static final class Peer {
        private final PlaybackServer.Line line;
        private final DataInputStream in;

        Peer(PlaybackServer.Line line) {
            this.line = line;
            this.in = new DataInputStream(line.in());
        }

        /** Sends a text message in one frame. */
        public void send(String text) throws IOException {
            send(0x81, text.getBytes(StandardCharsets.UTF_8));
        }

        /** Sends a binary message in one frame. */
        public void send(byte[] body) throws IOException {
            send(0x82, body);
        }

        /** Sends the first half of a text message and breaks the connection. */
        public void sendPart(byte[] body) throws IOException {
            byte[] frame = frame(0x81, body);
            line.write(Arrays.copyOf(frame, frame.length / 2));
            line.reset();
        }

        private void send(int first, byte[] body) throws IOException {
            line.write(frame(first, body));
        }

        private static byte[] frame(int first, byte[] body) {
            var frame = new ByteArrayOutputStream();
            frame.write(first);
            if (body.length < 126) {
                frame.write(body.length);
            } else if (body.length < 65_536) {
                frame.write(126);
                frame.write(body.length >> 8);
                frame.write(body.length);
            } else {
                frame.write(127);
                for (int shift = 56; shift >= 0; shift -= 8) {
                    frame.write((int) ((long) body.length >> shift));
                }
            }
            frame.writeBytes(body);
            return frame.toByteArray();
        }

        /** Resets the connection, in the middle of a frame if one is being sent. Safe from any thread. */
        public void reset() throws IOException {
            line.reset();
        }

        /** The next text message of the client; pings are skipped. */
        public String receive() throws IOException {
            while (true) {
                int first = in.readUnsignedByte();
                int second = in.readUnsignedByte();
                int length = second & 0x7F;
                if (length == 126) {
                    length = in.readUnsignedShort();
                }
                byte[] mask = in.readNBytes(4);
                byte[] body = in.readNBytes(length);
                for (int i = 0; i < body.length; i++) {
                    body[i] ^= mask[i % 4];
                }
                int opcode = first & 0x0F;
                if (opcode == 1) {
                    return new String(body, StandardCharsets.UTF_8);
                }
                if (opcode == 8) {
                    throw new EOFException("closed by the client");
                }
            }
        }
    }
}
