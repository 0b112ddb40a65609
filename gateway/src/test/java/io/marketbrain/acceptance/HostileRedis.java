package io.marketbrain.acceptance;

import io.marketbrain.pipeline.cache.redis.RedisServer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A proxy in front of a real Redis that sends garbage instead of the replies to some or all commands when told to. */
final class HostileRedis implements AutoCloseable {
    /** The commands that carry data: cached values, limits and budgets. */
    static final Set<String> SCRIPTS = Set.of("EVALSHA", "EVAL");

    /** Everything that a gateway sends. */
    static final Set<String> ALL =
            Set.of("HELLO", "AUTH", "SELECT", "PING", "SUBSCRIBE", "SET", "GET", "DEL", "EVALSHA", "EVAL");

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile Set<String> hostile = Set.of();
    private volatile RedisGarbage garbage = RedisGarbage.CLOSED;

    private HostileRedis(ServerSocket server, int port) {
        this.server = server;
        this.port = port;
    }

    static HostileRedis before(RedisServer real) throws IOException {
        var redis = new HostileRedis(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), real.port());
        Thread.ofVirtual().start(redis::accept);
        return redis;
    }

    String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    /** Sends garbage in reply to these commands from now on. */
    void reply(RedisGarbage garbage, Set<String> commands) {
        this.garbage = garbage;
        hostile = commands;
    }

    /** Answers every command from now on, over new connections. */
    void behave() {
        hostile = Set.of();
        open.forEach(HostileRedis::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                // Ends with the server socket.
            }
        }
    }

    private void serve(Socket socket) {
        open.add(socket);
        try (socket;
                var real = new Socket(InetAddress.getLoopbackAddress(), port);
                var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
                var out = new BufferedOutputStream(socket.getOutputStream())) {
            socket.setTcpNoDelay(true);
            real.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> passOnReplies(real, socket));
            var random = new Random(socket.getPort());
            while (true) {
                byte[] command = read(in);
                if (hostile.contains(name(command))) {
                    garbage.write(out, random);
                    out.flush();
                } else {
                    real.getOutputStream().write(command);
                }
            }
        } catch (IOException | RuntimeException | InterruptedException ended) {
            // The connection is closed.
        } finally {
            open.remove(socket);
        }
    }

    private static void passOnReplies(Socket real, Socket socket) {
        try {
            real.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException ended) {
            // One of the connections is closed.
        }
        close(socket);
    }

    /** A whole command as sent. */
    private static byte[] read(DataInputStream in) throws IOException {
        var command = new ByteArrayOutputStream();
        for (int left = number(in, command); left > 0; left--) {
            command.write(in.readNBytes(number(in, command) + 2));
        }
        return command.toByteArray();
    }

    /** Reads a line and returns the number after its type. */
    private static int number(DataInputStream in, ByteArrayOutputStream to) throws IOException {
        var line = new StringBuilder();
        for (byte b = in.readByte(); ; b = in.readByte()) {
            to.write(b);
            if (b == '\n') {
                return Integer.parseInt(line.substring(1).strip());
            }
            line.append((char) b);
        }
    }

    /** The command's name, in its third line. */
    private static String name(byte[] command) {
        return new String(command, StandardCharsets.ISO_8859_1).split("\r\n", 4)[2].toUpperCase(Locale.ROOT);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed already.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(HostileRedis::close);
    }
}
