package io.marketbrain.http;

import org.jspecify.annotations.Nullable;

/**
 * Detects that the client of a long request has disconnected. Once the work has taken a while, a separate thread reads
 * ahead what the client sends next; at the end of the stream the request is cancelled by interrupting the worker. A
 * client that closes only its sending direction counts as disconnected, because a socket cannot distinguish the two.
 * Thread-safe.
 */
final class DisconnectWatch {
    private final RequestBuffer inbox;
    private final Runnable onDisconnect;
    private @Nullable Thread worker;
    private @Nullable Thread reader;
    private boolean disconnected;

    /** @param onDisconnect runs once for each client that disconnected while its request was handled */
    DisconnectWatch(RequestBuffer inbox, Runnable onDisconnect) {
        this.inbox = inbox;
        this.onDisconnect = onDisconnect;
    }

    /** The calling thread starts to handle a request that has been read completely. */
    synchronized void startWork() {
        worker = Thread.currentThread();
        if (disconnected) {
            cancel(worker);
        }
    }

    /** The work is done; the thread is not interrupted from here on. */
    void endWork() {
        synchronized (this) {
            worker = null;
        }
        Thread.interrupted();
    }

    /** Starts the reader thread, unless there is no work or it runs already. Never blocks. */
    synchronized void startReader() {
        if (worker != null && reader == null) {
            reader = Thread.ofVirtual().name("http-presence").start(this::readAhead);
        }
    }

    private void readAhead() {
        if (inbox.readAhead()) {
            return;
        }
        synchronized (this) {
            disconnected = true;
            if (worker != null) {
                cancel(worker);
            }
        }
    }

    private void cancel(Thread working) {
        onDisconnect.run();
        working.interrupt();
    }

    /** Whether the client disconnected while its request was handled. */
    synchronized boolean disconnected() {
        return disconnected;
    }

    /** Interrupts the worker, if there is one, even if the client is still connected. */
    synchronized void interruptWorker() {
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** Waits for the reader thread, if there is one, because only one thread may read at a time. */
    void awaitReader() {
        if (reader == null) {
            return; // no reader starts after the work has ended, and this thread ended it
        }
        Thread last;
        synchronized (this) {
            last = reader;
            reader = null;
        }
        try {
            if (last != null) {
                last.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
