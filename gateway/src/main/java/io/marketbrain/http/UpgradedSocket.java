package io.marketbrain.http;

import io.marketbrain.http.message.UpgradedConnection;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A {@link Connection} as the protocol sees it that took it over. */
final class UpgradedSocket implements UpgradedConnection {
    /** The thread that watched for a disconnect ends with the client's first byte, whenever that comes. */
    private static final Duration FIRST_BYTE = Duration.ofDays(365);

    private final HttpServer server;
    private final Connection connection;
    private final StreamOutput.Sender sender;
    private final InputStream in;

    /** @param sender sends at most 64 KiB with a time limit */
    UpgradedSocket(
            HttpServer server,
            Connection connection,
            RequestBuffer inbox,
            DisconnectWatch presence,
            StreamOutput.Sender sender) {
        this.server = server;
        this.connection = connection;
        this.sender = sender;
        this.in = new Input(inbox, presence);
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int done = 0; done < length; done += ResponseSender.PIECE) {
            sender.send(bytes, from + done, Math.min(ResponseSender.PIECE, length - done));
        }
    }

    @Override
    public void cut() {
        connection.cut();
    }

    @Override
    public void start(Runnable task) {
        var _ = server.readers().start(() -> {
            task.run();
            return true;
        });
    }

    @Override
    public void startBlocking(Runnable task) {
        start(task);
    }

    @Override
    public long nanos() {
        return server.nanos();
    }

    @Override
    public void recordFailure(Throwable failure) {
        server.recordFailure(failure);
    }

    /** What the client sent with its request, then what it sends. */
    private static final class Input extends InputStream {
        private final RequestBuffer inbox;
        private final DisconnectWatch presence;

        Input(RequestBuffer inbox, DisconnectWatch presence) {
            this.inbox = inbox;
            this.presence = presence;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            if (length == 0) {
                return 0; // InputStream.readNBytes asks for nothing at its end
            }
            presence.awaitReader(FIRST_BYTE);
            return inbox.read(to, from, length);
        }
    }
}
