package io.marketbrain.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The part of a reverse proxy that {@link com.sun.net.httpserver.HttpServer} cannot be: connections that become
 * WebSockets are passed on to the gateway without the prefix, all others to the proxy.
 */
final class WebSocketTunnel implements AutoCloseable {
    private final ServerSocket server;
    private final String prefix;
    private final int gateway;
    private final int proxy;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    WebSocketTunnel(String prefix, int gateway, int proxy) throws IOException {
        this.prefix = prefix;
        this.gateway = gateway;
        this.proxy = proxy;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            String head = head(client.getInputStream());
            boolean upgrade = head.toLowerCase(Locale.ROOT).contains("\r\nupgrade: websocket\r\n")
                    && head.startsWith("GET " + prefix + "/");
            Socket other = new Socket(InetAddress.getLoopbackAddress(), upgrade ? gateway : proxy);
            open.add(other);
            client.setTcpNoDelay(true);
            other.setTcpNoDelay(true);
            String passed = upgrade ? "GET " + head.substring(("GET " + prefix).length()) : head;
            other.getOutputStream().write(passed.getBytes(StandardCharsets.ISO_8859_1));
            threads.execute(() -> pass(other, client));
            pass(client, other);
        } catch (IOException gone) {
            close(client);
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed within a head");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // Both ends are closed below.
        }
        close(from);
        close(to);
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException gone) {
            // Closed is closed.
        }
    }

    /** Cuts every connection. */
    void cut() {
        open.forEach(this::close);
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(this::close);
        threads.close();
    }
}
