package io.marketbrain.acceptance;

import io.marketbrain.api.ContractDocument;
import io.marketbrain.http.WebSocketClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * A client of server-sent events or of a WebSocket whose connections are cut at random, and which resumes each time after the last
 * event that it has received.
 */
final class CutListener implements AutoCloseable {
    private final int port;
    private final boolean webSocket;
    private final String symbols;
    private final String kinds;
    private final Random random;
    private final Map<String, ReceivedEvents> received = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean cutting = true;
    private volatile boolean closed;
    private volatile AutoCloseable open = () -> {};
    private final AtomicInteger resumed = new AtomicInteger();
    private volatile Optional<Throwable> failure = Optional.empty();
    private String last = "";
    private boolean resuming;

    /** @param symbols separated by commas; so are the kinds */
    CutListener(int port, boolean webSocket, String symbols, String kinds, long seed) {
        this.port = port;
        this.webSocket = webSocket;
        this.symbols = symbols;
        this.kinds = kinds;
        this.random = new Random(seed);
        this.thread = Thread.ofPlatform().daemon().start(this::run);
        Thread.ofPlatform().daemon().start(this::cutAgainAndAgain);
    }

    /** What it has received, by provider, instrument and kind. */
    Map<String, ReceivedEvents> received() {
        return new TreeMap<>(received);
    }

    /** How often it has received something after it was cut and resumed. */
    int resumed() {
        return resumed.get();
    }

    Optional<Throwable> findFailure() {
        return failure;
    }

    /** Leaves the connection alone from now on. */
    void stopCutting() {
        cutting = false;
    }

    private void cutAgainAndAgain() {
        try {
            while (cutting) {
                Thread.sleep(Duration.ofMillis(300 + random.nextInt(4000)));
                if (cutting) {
                    open.close();
                }
            }
        } catch (Exception e) {
            failure = Optional.of(e);
        }
    }

    private void run() {
        while (!closed) {
            try {
                resuming = !last.isEmpty();
                if (webSocket) {
                    overWebSocket();
                } else {
                    overEvents();
                }
            } catch (IOException e) {
                // cut
            } catch (RuntimeException | AssertionError e) {
                failure = Optional.of(e);
                return;
            }
            try {
                Thread.sleep(random.nextInt(700));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void overEvents() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoLinger(true, 0);
            open = socket;
            // Without HTTP/1.1 the stream is not chunked, so that its lines can be read as they are.
            String request =
                    "GET /api/v1/stream?symbols=" + symbols + "&kinds=" + kinds + " HTTP/1.0\r\nHost: localhost\r\n"
                            + (last.isEmpty() ? "" : "Last-Event-ID: " + last + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String id = "";
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ") && line.endsWith("}")) {
                    received(name, ContractDocument.JSON.readTree(line.substring(6)));
                    last = id;
                }
            }
        }
    }

    private void overWebSocket() throws IOException {
        try (WebSocketClient client = WebSocketClient.open(port, "/ws")) {
            open = client;
            client.text("{\"op\":\"subscribe\",\"symbols\":[\"" + symbols.replace(",", "\",\"") + "\"],\"kinds\":[\""
                    + kinds.replace(",", "\",\"") + "\"]" + (last.isEmpty() ? "" : ",\"resume\":\"" + last + "\"")
                    + "}");
            while (true) {
                WebSocketClient.Frame frame = client.next();
                if (frame.opcode() == 1) {
                    JsonNode json = ContractDocument.JSON.readTree(frame.text());
                    if (json.has("seq")) {
                        received(json.get("type").asString(), json);
                        last = json.get("resume").asString();
                    }
                }
            }
        }
    }

    private void received(String name, JsonNode data) {
        if (resuming) {
            resuming = false;
            resumed.incrementAndGet();
        }
        String channel = data.get("provider").asString() + " "
                + data.get("instrument").asString() + " " + data.get("kind").asString();
        received.computeIfAbsent(channel, _ -> new ReceivedEvents()).add(name, data);
    }

    @Override
    public void close() throws Exception {
        closed = true;
        cutting = false;
        open.close();
        thread.join(Duration.ofSeconds(10));
    }
}
