package io.marketbrain.http;

import io.marketbrain.concurrent.BackgroundTask;
import io.marketbrain.concurrent.TaskRunner;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Detects that the client of a long request has disconnected. Once the work has taken a while, a separate thread reads
 * ahead what the client sends next; at the end of the stream the request is cancelled by interrupting the worker. A
 * client that closes only its sending direction counts as disconnected, because a socket cannot distinguish the two.
 * Thread-safe.
 */
final class DisconnectWatch {
    /** How long the reader thread of a connection without TLS takes to notice that it is not needed any more. */
    private static final Duration SLICE = Duration.ofMillis(50);

    /** The same while a response is sent, which may take hours, as the process wakes up after every slice. */
    private static final Duration LONGEST_SLICE = Duration.ofMillis(800);

    private final PlainChannel line;
    private final RequestBuffer inbox;
    private final TaskRunner threads;
    private final Runnable onDisconnect;
    private @Nullable Thread worker;
    private @Nullable BackgroundTask<?> reader;
    private boolean disconnected;
    private Duration slice = SLICE; // used by the reader only
    private volatile boolean streaming;
    private volatile boolean stopping;

    /**
     * @param threads starts the reader thread
     * @param onDisconnect runs once for each client that disconnected while its request was handled
     */
    DisconnectWatch(PlainChannel line, RequestBuffer inbox, TaskRunner threads, Runnable onDisconnect) {
        this.line = line;
        this.inbox = inbox;
        this.threads = threads;
        this.onDisconnect = onDisconnect;
    }

    /** The calling thread starts to handle a request that has been read completely. */
    synchronized void startWork() {
        worker = Thread.currentThread();
        if (disconnected) {
            cancel(worker);
        }
    }

    /** The calling thread starts to send a response while it is produced. */
    void startStream() {
        streaming = true;
        startWork();
    }

    /** The work is done; the thread is not interrupted from here on. */
    void endWork() {
        streaming = false;
        synchronized (this) {
            worker = null;
        }
        Thread.interrupted();
    }

    /** Starts the reader thread, unless there is no work or it runs already. Never blocks. */
    synchronized void startReader() {
        if (worker != null && reader == null && line.readInSlices(SLICE)) {
            reader = threads.start(this::readAhead);
        }
    }

    /** Ends the reader thread, if there is one, although the client is silent; false if that is not possible. */
    boolean stopReader() {
        stopping = true;
        try {
            return !(line instanceof TlsChannel) && awaitReader(SLICE.multipliedBy(20)) && !disconnected();
        } finally {
            stopping = false;
        }
    }

    /** Whether the client is still connected when it has sent something, or closed its side. */
    private boolean readAhead() {
        slice = SLICE;
        if (inbox.readAhead(this::goesOn)) {
            return true;
        }
        synchronized (this) {
            disconnected = true;
            if (worker != null) {
                cancel(worker);
            }
        }
        return false;
    }

    /**
     * Whether the reader goes on after a slice in which the client was silent; during a stream the next one is twice as long, up to
     * a limit.
     */
    private boolean goesOn() {
        if (!streaming) {
            slice = SLICE;
        } else if (slice.compareTo(LONGEST_SLICE) < 0) {
            slice = slice.multipliedBy(2);
        }
        line.readInSlices(slice);
        return !stopping;
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

    /**
     * Waits for the reader thread, if there is one, because only one thread may read at a time; false if it has not ended
     * in time.
     */
    boolean awaitReader(Duration within) {
        if (reader == null) {
            return true; // no reader starts after the work has ended, and this thread ended it
        }
        BackgroundTask<?> last;
        synchronized (this) {
            last = reader;
            reader = null;
        }
        try {
            return last == null || (last.await(within).isPresent() && line.readInSlices(Duration.ZERO));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
