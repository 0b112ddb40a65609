package io.marketbrain.provider;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/**
 * A small HTTP/1.1 server on a free loopback port that plays back recorded answers and can also misbehave in every way
 * that a provider was seen to. Plain sockets, because a well-kept server library refuses to misbehave. Each connection
 * is served on its own virtual thread. Paths without an answer get 404, or what {@link #otherwise} says.
 */
public final class PlaybackServer implements AutoCloseable {

    /** What a client sent: the path without the query, decoded parameters, headers by lower-case name, the body. */
    public record Asked(
            String method, String path, Map<String, String> parameters, Map<String, String> headers, String body) {}

    /** How one request is answered, on the raw socket. */
    @FunctionalInterface
    public interface Answer {
        void send(Asked asked, Line line) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private volatile Answer otherwise = status(404, "");
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final LinkedBlockingQueue<String> hangUps = new LinkedBlockingQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final AtomicInteger serving = new AtomicInteger();
    private final AtomicInteger mostServing = new AtomicInteger();

    private PlaybackServer(ServerSocket server) {
        this.server = server;
    }

    public static PlaybackServer start() {
        try {
            var playback = new PlaybackServer(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(playback::accept);
            return playback;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** From now on requests for {@code path} are answered so. */
    public PlaybackServer on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    /** From now on requests for paths without an answer of their own are answered so. */
    public PlaybackServer otherwise(Answer answer) {
        otherwise = answer;
        return this;
    }

    /** The answer for a path as sent, which may be the encoded form of the one that was announced. */
    private Answer find(String path) {
        Answer answer = answers.get(path);
        // A plus sign in a path is none that stands for a space.
        return answer != null
                ? answer
                : answers.getOrDefault(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8), otherwise);
    }

    /** Every request so far, in the order of arrival. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public List<Asked> asked(String path) {
        return asked.stream().filter(a -> a.path().equals(path)).toList();
    }

    /** Forgets the requests so far. */
    public void forget() {
        asked.clear();
    }

    /** The largest number of connections that were open at once. */
    public int mostConnections() {
        return mostOpen.get();
    }

    /** The largest number of requests that were being answered at once. */
    public int mostAtOnce() {
        return mostServing.get();
    }

    public int openConnections() {
        return open.get();
    }

    /** Waits until a client has disconnected before its response was sent; false after {@code timeout}. */
    public boolean awaitHangUp(Duration timeout) throws InterruptedException {
        return hangUps.poll(timeout.toMillis(), TimeUnit.MILLISECONDS) != null;
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- answers ----

    public static Answer json(String body) {
        return reply(200, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer json(byte[] body) {
        return reply(200, Map.of("Content-Type", "application/json"), body);
    }

    public static Answer status(int status, String body) {
        return reply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer html(int status) {
        return reply(
                status,
                Map.of("Content-Type", "text/html"),
                "<!DOCTYPE html><html><body><h1>Please wait</h1></body></html>".getBytes(StandardCharsets.UTF_8));
    }

    public static Answer reply(int status, Map<String, String> headers, byte[] body) {
        return (_, line) -> line.head(status, withLength(headers, body.length)).write(body);
    }

    /** Takes its time before it answers. */
    public static Answer slow(Duration pause, Answer then) {
        return (asked, line) -> {
            Thread.sleep(pause);
            then.send(asked, line);
        };
    }

    public static Answer gzip(byte[] body) {
        return reply(200, Map.of("Content-Encoding", "gzip"), gzipped(body));
    }

    /** A small body that says it is gzip and ends in the middle. */
    public static Answer gzipCutShort(byte[] body) {
        byte[] whole = gzipped(body);
        return reply(200, Map.of("Content-Encoding", "gzip"), Arrays.copyOf(whole, whole.length / 2));
    }

    /** A body that becomes {@code size} zeros. */
    public static Answer gzipBomb(int size) {
        return gzip(new byte[size]);
    }

    public static Answer redirect(int status, String location) {
        return reply(status, Map.of("Location", location), new byte[0]);
    }

    /** Says nothing until the client hangs up. */
    public static Answer hang() {
        return (_, line) -> line.awaitHangUp();
    }

    /** Sends the head and half the body, then says nothing until the client hangs up. */
    public static Answer hangInBody(byte[] body) {
        return (_, line) -> line.head(200, withLength(Map.of(), body.length))
                .write(Arrays.copyOf(body, body.length / 2))
                .awaitHangUp();
    }

    /** Sends the whole answer byte by byte. */
    public static Answer drip(byte[] body, Duration pause) {
        return (_, line) -> {
            line.head(200, withLength(Map.of(), body.length));
            try {
                for (byte b : body) {
                    line.write(new byte[] {b});
                    Thread.sleep(pause);
                }
            } catch (IOException e) {
                line.hungUp();
            }
        };
    }

    /** A body that never ends. */
    public static Answer endless() {
        return (_, line) -> {
            line.head(200, Map.of("Connection", "close"));
            byte[] block = new byte[64 << 10];
            Arrays.fill(block, (byte) ' ');
            try {
                while (true) {
                    line.write(block);
                }
            } catch (IOException e) {
                line.hungUp();
            }
        };
    }

    /** Promises more than it sends, then closes. */
    public static Answer cutShort(byte[] body) {
        return (_, line) -> line.head(200, withLength(Map.of(), body.length))
                .write(Arrays.copyOf(body, body.length / 2))
                .close();
    }

    /** Closes the connection instead of answering. */
    public static Answer hangUp() {
        return (_, line) -> line.close();
    }

    /** Resets the connection (RST) in the middle of the body. */
    public static Answer reset(byte[] body) {
        return (_, line) -> line.head(200, withLength(Map.of(), body.length + 1))
                .write(body)
                .reset();
    }

    /** Bytes as they stand, head and all. */
    public static Answer raw(String bytes) {
        byte[] all = bytes.getBytes(StandardCharsets.ISO_8859_1);
        return (_, line) -> line.write(all).close();
    }

    private static Map<String, String> withLength(Map<String, String> headers, int length) {
        var all = new LinkedHashMap<>(headers);
        all.put("Content-Length", Integer.toString(length));
        return all;
    }

    public static byte[] gzipped(byte[] body) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** One connection, as an answer sees it. */
    public final class Line {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private boolean over;

        Line(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        public Line head(int status, Map<String, String> headers) throws IOException {
            var head = new StringBuilder("HTTP/1.1 ").append(status).append(" X\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            return write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        }

        public Line write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        /** What the client sends after its request. */
        public InputStream in() {
            return in;
        }

        public void close() throws IOException {
            over = true;
            socket.close();
        }

        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            close();
        }

        /** Waits for the client to close its end. */
        public void awaitHangUp() throws IOException {
            try {
                while (in.read() >= 0) {
                    // whatever it still has to say
                }
            } catch (IOException e) {
                // a reset is a way of hanging up, too
            }
            hungUp();
        }

        void hungUp() throws IOException {
            hangUps.add("client");
            close();
        }
    }

    // ---- serving ----

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        try (socket) {
            // Otherwise the body waits until the client has acknowledged the head, which it may delay by 40 ms.
            socket.setTcpNoDelay(true);
            var line = new Line(socket);
            while (!line.over) {
                Asked request = read(line.in);
                if (request == null) {
                    return;
                }
                asked.add(request);
                mostServing.accumulateAndGet(serving.incrementAndGet(), Math::max);
                try {
                    find(request.path()).send(request, line);
                } finally {
                    serving.decrementAndGet();
                }
            }
        } catch (IOException e) {
            // the client has disconnected
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.decrementAndGet();
            sockets.remove(socket);
        }
    }

    private static Asked read(InputStream in) throws IOException {
        String first = readLine(in);
        if (first == null) {
            return null;
        }
        var headers = new LinkedHashMap<String, String>();
        for (String line = readLine(in); line != null && !line.isEmpty(); line = readLine(in)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                return null;
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String[] parts = first.split(" ", -1);
        if (parts.length != 3) {
            return null;
        }
        String target = parts[1];
        int question = target.indexOf('?');
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Asked(
                parts[0],
                question < 0 ? target : target.substring(0, question),
                parameters(question < 0 ? "" : target.substring(question + 1)),
                headers,
                new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static String readLine(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.isEmpty() ? null : line.toString();
    }
}
