package io.marketbrain.store.redis;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;

/**
 * A connected socket, plain or TLS, whose input is checked by a {@link ReplyScanner}: a read fails with
 * {@link InvalidReplyException} at the first invalid byte, and so does every later one. Passes on only what the client
 * library uses of a socket.
 */
final class GuardedSocket extends Socket {
    private final Socket to;
    private final InputStream replies;

    /** @param onInvalid is called once, when the input becomes invalid */
    GuardedSocket(Socket to, ReplyLimits limits, Runnable onInvalid) throws IOException {
        this.to = to;
        this.replies = new Guarded(to.getInputStream(), new ReplyScanner(limits), onInvalid);
    }

    private static final class Guarded extends FilterInputStream {
        private final ReplyScanner scanner;
        private final Runnable onInvalid;
        private boolean invalid;

        Guarded(InputStream in, ReplyScanner scanner, Runnable onInvalid) {
            super(in);
            this.scanner = scanner;
            this.onInvalid = onInvalid;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (invalid) {
                throw new InvalidReplyException("Redis sent an invalid reply before");
            }
            int count = in.read(to, offset, length);
            if (count > 0) {
                try {
                    scanner.scan(to, offset, count);
                } catch (InvalidReplyException e) {
                    invalid = true;
                    onInvalid.run();
                    throw e;
                }
            }
            return count;
        }

        @Override
        public long skip(long n) throws IOException {
            throw new IOException("replies are read, never skipped");
        }
    }

    @Override
    public InputStream getInputStream() {
        return replies;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return to.getOutputStream();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        to.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return to.getSoTimeout();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return to.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return to.getLocalSocketAddress();
    }

    @Override
    public boolean isConnected() {
        return to.isConnected();
    }

    @Override
    public boolean isBound() {
        return to.isBound();
    }

    @Override
    public boolean isClosed() {
        return to.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return to.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return to.isOutputShutdown();
    }

    @Override
    public void close() throws IOException {
        to.close();
    }

    @Override
    public String toString() {
        return to.toString();
    }
}
