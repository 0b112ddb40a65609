package io.marketbrain.http;

import io.marketbrain.http.message.UpgradedConnection;
import java.io.InputStream;

/** A connection without a thread as the protocol sees it that took it over: what it writes is sent at the end of its turn. */
final class PushedSocket implements UpgradedConnection {
    private final HttpServer server;
    private final PushedConnection connection;

    PushedSocket(HttpServer server, PushedConnection connection) {
        this.server = server;
        this.connection = connection;
    }

    @Override
    public InputStream in() {
        return InputStream.nullInputStream(); // what the client sends is given to the protocol
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        connection.append(bytes, from, length);
    }

    @Override
    public void cut() {
        connection.cut();
    }

    @Override
    public void start(Runnable task) {
        connection.run(task);
    }

    @Override
    public void startBlocking(Runnable task) {
        var _ = server.readers().start(() -> {
            task.run();
            return true;
        });
    }

    @Override
    public long nanos() {
        return server.nanos();
    }

    @Override
    public void recordFailure(Throwable failure) {
        server.recordFailure(failure);
    }
}
