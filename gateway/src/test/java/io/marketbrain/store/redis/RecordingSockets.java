package io.marketbrain.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/** Creates sockets that record which threads connect them or take their input. Thread-safe. */
public final class RecordingSockets extends SocketFactory {
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** The threads that did either. */
    public Set<Thread> threads() {
        return Set.copyOf(threads);
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress to, int millis) throws IOException {
                threads.add(Thread.currentThread());
                super.connect(to, millis);
            }

            @Override
            public InputStream getInputStream() throws IOException {
                threads.add(Thread.currentThread());
                return super.getInputStream();
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }
}
