package io.marketbrain.telemetry.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A terminal that can be frozen in the midst of a write, thawed, broken and mended. */
final class FakeTerminal implements WritableByteChannel {

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final CountDownLatch firstWrite = new CountDownLatch(1);
    private volatile CountDownLatch thaw = new CountDownLatch(0);
    private volatile boolean broken;
    private volatile int piece = Integer.MAX_VALUE;

    void freeze() {
        thaw = new CountDownLatch(1);
    }

    void thaw() {
        thaw.countDown();
    }

    /** Makes each write take at most so many bytes. */
    void takeInPieces(int bytes) {
        piece = bytes;
    }

    /** Makes each write take at most one byte and the next one fail, until {@link #mend()}. */
    void breakDown() {
        broken = true;
    }

    void mend() {
        broken = false;
    }

    /** Waits until someone is inside, or has been through, a write. */
    void awaitWrite() throws InterruptedException {
        firstWrite.await();
    }

    synchronized List<String> lines() {
        return screen.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        firstWrite.countDown();
        try {
            thaw.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (broken && buffer.position() > 0) {
            throw new IOException("Broken pipe");
        }
        int taken = Math.min(broken ? 1 : piece, buffer.remaining());
        byte[] bytes = new byte[taken];
        buffer.get(bytes);
        synchronized (this) {
            screen.writeBytes(bytes);
        }
        return taken;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
