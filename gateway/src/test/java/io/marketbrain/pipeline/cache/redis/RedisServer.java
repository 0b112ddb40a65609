package io.marketbrain.pipeline.cache.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real redis-server, or valkey-server where REDIS_SERVER names one, as a child process on a free port, that can be
 * killed, frozen and started again.
 */
public final class RedisServer implements AutoCloseable {
    private static final String BINARY =
            System.getenv().getOrDefault("REDIS_SERVER", System.getProperty("redis.server", "redis-server"));

    private static final String CLIENT =
            System.getenv().getOrDefault("REDIS_CLI", System.getProperty("redis.cli", "redis-cli"));

    private final int port;
    private final Path folder;
    private Process process;
    private volatile String password = "";

    private RedisServer(int port, Path folder) {
        this.port = port;
        this.folder = folder;
    }

    public static boolean isInstalled() {
        try {
            return new ProcessBuilder(BINARY, "--version").start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    public static RedisServer started(String... options) {
        RedisServer server = stopped();
        server.start(options);
        return server;
    }

    /** A server that is not running yet, on a reserved port. */
    public static RedisServer stopped() {
        try {
            return new RedisServer(freePort(), Files.createTempDirectory("redis-test"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A sentinel that monitors the server on a port with a quorum of one. */
    public static RedisServer sentinel(String master, int port) {
        RedisServer sentinel = stopped();
        try {
            Path file = Files.writeString(sentinel.folder.resolve("sentinel.conf"), """
                port %d
                bind 127.0.0.1
                dir %s
                sentinel monitor %s 127.0.0.1 %d 1
                sentinel down-after-milliseconds %s 1000
                sentinel failover-timeout %s 5000
                """.formatted(
                            sentinel.port, sentinel.folder, master, port, master, master));
            sentinel.launch(List.of(BINARY, file.toString(), "--sentinel"));
            return sentinel;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The options of a cluster node. */
    public static String[] clusterOptions() {
        return new String[] {
            "--cluster-enabled", "yes", "--cluster-port", "" + freePort(), "--cluster-node-timeout", "1500"
        };
    }

    /** Creates a cluster of these servers, half of them replicas. */
    public static void join(List<RedisServer> servers) {
        List<String> command = new ArrayList<>(List.of(CLIENT, "--cluster", "create"));
        servers.forEach(server -> command.add("127.0.0.1:" + server.port));
        command.addAll(List.of("--cluster-replicas", "1", "--cluster-yes"));
        Path log = servers.getFirst().folder.resolve("join.log");
        try {
            int end = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (end != 0) {
                throw new IllegalStateException(Files.readString(log));
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void start(String... options) {
        List<String> command = new ArrayList<>(List.of(
                BINARY,
                "--port",
                "" + port,
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                folder.toString(),
                "--repl-diskless-sync-delay",
                "0",
                "--loglevel",
                "warning"));
        command.addAll(List.of(options));
        launch(command);
    }

    private void launch(List<String> command) {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            for (int i = 0; i < 400; i++) {
                try {
                    String reply = send("PING");
                    if (!reply.isEmpty()) {
                        return;
                    }
                } catch (IllegalStateException notYet) {
                    // not listening yet
                }
                TimeUnit.MILLISECONDS.sleep(25);
            }
            throw new IllegalStateException("redis-server did not start: " + Files.readString(folder.resolve("log")));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Sets the password for later commands of this class. */
    public void password(String words) {
        password = words;
    }

    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a command on a new connection and returns the raw reply with its type character. */
    public String send(String... words) {
        byte[][] bytes = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i].getBytes(StandardCharsets.ISO_8859_1);
        }
        return send(bytes);
    }

    public String send(byte[]... words) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            if (!password.isEmpty()) {
                write(out, "AUTH".getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
                read(in);
            }
            write(out, words);
            return read(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(OutputStream out, byte[]... words) throws IOException {
        out.write(("*" + words.length + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        for (byte[] word : words) {
            out.write(("$" + word.length + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(word);
            out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        out.flush();
    }

    private static String read(BufferedReader in) throws IOException {
        String line = in.readLine();
        if (line == null) {
            return "";
        }
        if (line.startsWith("$") && !line.equals("$-1")) {
            int length = Integer.parseInt(line.substring(1));
            char[] body = new char[length];
            int at = 0;
            while (at < length) {
                at += in.read(body, at, length - at);
            }
            in.readLine();
            return "$" + new String(body);
        }
        if (line.startsWith("*") && !line.equals("*-1")) {
            StringBuilder all = new StringBuilder();
            for (int i = Integer.parseInt(line.substring(1)); i > 0; i--) {
                all.append(read(in)).append('\n');
            }
            return all.toString();
        }
        return line;
    }

    /** All keys that match, for tests only. */
    public List<String> keys(String pattern) {
        return send("KEYS", pattern)
                .lines()
                .map(line -> line.startsWith("$") ? line.substring(1) : line)
                .filter(line -> !line.isEmpty() && !line.startsWith("*"))
                .toList();
    }

    @Override
    public void close() {
        if (process != null) {
            thaw();
            kill();
        }
    }
}
