package io.marketbrain.api.http;

import org.jspecify.annotations.Nullable;

/**
 * Whether the client of a request that takes long is still there. Once the work has lasted a while, a thread of its own
 * reads ahead what the client sends next; where there is nothing but the end, nobody waits for the answer any more, and
 * the worker is interrupted. A client that closes only its own direction counts as gone, because a socket cannot tell
 * the two apart. Thread-safe.
 */
final class Presence {
    private final Inbox inbox;
    private final Runnable onGone;
    private @Nullable Thread worker;
    private @Nullable Thread listener;
    private boolean gone;

    /** @param onGone told once for each client that went away while it was worked for */
    Presence(Inbox inbox, Runnable onGone) {
        this.inbox = inbox;
        this.onGone = onGone;
    }

    /** The calling thread begins to work on a request that has been read to its end. */
    synchronized void workBegins() {
        worker = Thread.currentThread();
        if (gone) {
            tell(worker);
        }
    }

    /** The work is done; from here on nobody is interrupted. */
    void workEnds() {
        synchronized (this) {
            worker = null;
        }
        Thread.interrupted();
    }

    /** Begins to listen, unless nobody works or somebody listens already. Never blocks. */
    synchronized void listen() {
        if (worker != null && listener == null) {
            listener = Thread.ofVirtual().name("http-presence").start(this::readAhead);
        }
    }

    private void readAhead() {
        if (inbox.readAhead()) {
            return;
        }
        synchronized (this) {
            gone = true;
            if (worker != null) {
                tell(worker);
            }
        }
    }

    private void tell(Thread working) {
        onGone.run();
        working.interrupt();
    }

    /** Whether the client went away while it was worked for. */
    synchronized boolean gone() {
        return gone;
    }

    /** Interrupts the worker, if there is one, although the client may still be there. */
    synchronized void giveUp() {
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** Waits for the listener, if there is one: the inbox has one reader at a time. */
    void settle() {
        if (listener == null) {
            return; // nobody begins to listen once the work has ended, which this thread saw
        }
        Thread last;
        synchronized (this) {
            last = listener;
            listener = null;
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
