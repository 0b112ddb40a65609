import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * BareBroadcaster PORT PERIOD_MS LENGTH: a change of every symbol each period to all who want it, as server-sent events and over
 * WebSockets, with the JDK's sockets, a virtual thread and a bounded queue a client, and nothing else: the reference for
 * bench/run streams. A client whose queue is full is disconnected.
 */
public final class BareBroadcaster {
    private static final Map<String, List<Client>> WANTED = new ConcurrentHashMap<>();

    private record Client(ArrayBlockingQueue<String> queue, Map<String, AtomicLong> seq) {}

    public static void main(String[] arguments) throws Exception {
        long period = Long.parseLong(arguments[1]);
        String filler = "x".repeat(Math.max(0, Integer.parseInt(arguments[2]) - 120));
        try (var server = new ServerSocket(Integer.parseInt(arguments[0]), 2000, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> publish(period, filler));
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        }
    }

    private static void publish(long period, String filler) {
        while (true) {
            List<String> symbols = List.copyOf(WANTED.keySet());
            for (String symbol : symbols) {
                String body = "\"instrument\":\"" + symbol + "\",\"at\":\"" + Instant.now() + "\",\"filler\":\"" + filler + "\"}";
                for (Client client : WANTED.get(symbol)) {
                    client.queue.offer("{\"seq\":" + client.seq.get(symbol).incrementAndGet() + "," + body);
                }
                sleep(Math.max(1, period / symbols.size()));
            }
            sleep(symbols.isEmpty() ? 10 : 0);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void serve(Socket socket) {
        var client = new Client(new ArrayBlockingQueue<>(512), new ConcurrentHashMap<>());
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            String head = head(in);
            boolean webSocket = head.startsWith("GET /ws");
            List<String> symbols = new ArrayList<>();
            if (webSocket) {
                out.write(("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept(head)
                        + "\r\n\r\n").getBytes(US_ASCII));
                in.readNBytes(2);
                int length = in.read() << 8 | in.read();
                in.readNBytes(4);
                String message = new String(in.readNBytes(length), US_ASCII);
                symbols.addAll(List.of(message.replaceAll(".*\"symbols\":\\[\"|\"\\].*", "").split("\",\"")));
            } else {
                symbols.addAll(List.of(head.replaceAll("(?s).*symbols=| HTTP.*", "").split(",")));
                out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(US_ASCII));
            }
            symbols.replaceAll(symbol -> symbol.substring(symbol.indexOf(':') + 1));
            symbols.forEach(symbol -> client.seq.put(symbol, new AtomicLong()));
            symbols.forEach(symbol -> WANTED.computeIfAbsent(symbol, _ -> new CopyOnWriteArrayList<>()).add(client));
            while (true) {
                String event = client.queue.take();
                if (webSocket) {
                    byte[] text = ("{\"type\":\"quote\"," + event.substring(1)).getBytes(US_ASCII);
                    byte[] frame = new byte[text.length + 4];
                    frame[0] = (byte) 0x81;
                    frame[1] = 126;
                    frame[2] = (byte) (text.length >> 8);
                    frame[3] = (byte) text.length;
                    System.arraycopy(text, 0, frame, 4, text.length);
                    out.write(frame);
                } else {
                    String text = "event: quote\ndata: " + event + "\n\n";
                    out.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(US_ASCII));
                }
            }
        } catch (Exception e) {
            // the client has gone
        } finally {
            client.seq.keySet().forEach(symbol -> WANTED.get(symbol).remove(client));
        }
    }

    private static String head(InputStream in) throws java.io.IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new java.io.EOFException();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String accept(String head) throws Exception {
        String key = head.replaceAll("(?s).*Sec-WebSocket-Key: |\r\n.*", "");
        byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII));
        return Base64.getEncoder().encodeToString(hash);
    }
}
