package io.marketbrain.telemetry.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A terminal that can be blocked during a write, unblocked, made to fail and repaired. */
final class FakeTerminal implements WritableByteChannel {

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final CountDownLatch firstWrite = new CountDownLatch(1);
    private volatile CountDownLatch unblock = new CountDownLatch(0);
    private volatile boolean broken;
    private volatile int piece = Integer.MAX_VALUE;

    void block() {
        unblock = new CountDownLatch(1);
    }

    void unblock() {
        unblock.countDown();
    }

    /** Limits the number of bytes that each write accepts. */
    void takeInPieces(int bytes) {
        piece = bytes;
    }

    /** Makes each write accept at most one byte and the next one fail, until {@link #repair()}. */
    void breakDown() {
        broken = true;
    }

    void repair() {
        broken = false;
    }

    /** Waits until a write has started. */
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
            unblock.await();
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
