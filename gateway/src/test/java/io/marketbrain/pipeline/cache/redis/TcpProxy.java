package io.marketbrain.pipeline.cache.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A faulty network: forwards to a server, and delays, slices, resets or drops traffic on demand. */
public final class TcpProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile long delayMillis;
    private volatile boolean sliced;
    private volatile boolean swallowRequests;
    private volatile boolean swallowReplies;
    private volatile boolean refusing;
    private volatile long requestsUntil = Long.MAX_VALUE;
    private final AtomicLong swallowed = new AtomicLong();
    private final AtomicLong requestBytes = new AtomicLong();

    public TcpProxy(int target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    public String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    public void delay(long millis) {
        delayMillis = millis;
    }

    /** Forwards one byte at a time. */
    public void slice(boolean on) {
        sliced = on;
    }

    /** Forwards this many more bytes of requests, then drops the rest. */
    public void swallowAfter(long bytes) {
        requestsUntil = requestBytes.get() + bytes;
    }

    public void swallow(boolean requests, boolean replies) {
        swallowRequests = requests;
        swallowReplies = replies;
    }

    public void refuse(boolean on) {
        refusing = on;
        if (on) {
            reset();
        }
    }

    /** The number of dropped bytes. */
    public long swallowed() {
        return swallowed.get();
    }

    /** Resets every open connection. */
    public void reset() {
        for (Socket socket : sockets) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                // already closed
            }
        }
        sockets.clear();
    }

    /** The number of request bytes forwarded. */
    public long requestBytes() {
        return requestBytes.get();
    }

    public int connections() {
        return sockets.size() / 2;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (refusing) {
                    client.setSoLinger(true, 0);
                    client.close();
                    continue;
                }
                Socket upstream = new Socket();
                upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 2000);
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(upstream);
                Thread.ofVirtual().start(() -> pump(client, upstream, true));
                Thread.ofVirtual().start(() -> pump(upstream, client, false));
            } catch (IOException e) {
                // accept the next connection
            }
        }
    }

    private void pump(Socket from, Socket to, boolean requests) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (delayMillis > 0) {
                    TimeUnit.MILLISECONDS.sleep(delayMillis);
                }
                if (requests ? swallowRequests || requestBytes.get() >= requestsUntil : swallowReplies) {
                    swallowed.addAndGet(n);
                    continue;
                }
                if (sliced) {
                    for (int i = 0; i < n; i++) {
                        out.write(buffer, i, 1);
                        out.flush();
                        count(requests, 1);
                    }
                } else {
                    out.write(buffer, 0, n);
                    out.flush();
                    count(requests, n);
                }
            }
        } catch (IOException e) {
            // the end of this connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
        }
    }

    private void count(boolean requests, int bytes) {
        if (requests) {
            requestBytes.addAndGet(bytes);
        }
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // already closed
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // already closed
        }
        reset();
    }
}
