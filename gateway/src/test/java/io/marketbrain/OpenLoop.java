package io.marketbrain;

import io.marketbrain.api.http.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Callers who ask at a fixed rate whatever becomes of their requests: a slow answer holds up nobody else, and the time
 * of each counts from when it was due.
 */
final class OpenLoop implements AutoCloseable {
    /**
     * One request.
     *
     * @param due when it was to be sent, in nanoseconds of the system's ticker
     * @param fault what was answered instead of what was asked for; empty where all was well
     */
    record Sample(long due, long tookNanos, String fault) {}

    private final int port;
    private final long everyNanos;
    private final IntFunction<String> paths;
    private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedDeque<Wire> idle = new ConcurrentLinkedDeque<>();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread clock;
    private volatile boolean stopped;

    OpenLoop(int port, int perSecond, IntFunction<String> paths) {
        this.port = port;
        this.everyNanos = Duration.ofSeconds(1).toNanos() / perSecond;
        this.paths = paths;
        this.clock = Thread.ofPlatform().name("open-loop").start(this::run);
    }

    private void run() {
        long start = System.nanoTime();
        for (int i = 0; !stopped; i++) {
            long due = start + i * everyNanos;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            String path = paths.apply(i);
            callers.execute(() -> samples.add(ask(path, due)));
        }
    }

    private Sample ask(String path, long due) {
        Wire used = idle.pollFirst();
        Optional<String> fault = used == null ? Optional.empty() : ask(path, used);
        if (fault.isEmpty()) {
            // As every client does: a connection that was closed while it was idle is nobody's fault.
            try {
                fault = ask(path, new Wire(port));
            } catch (IOException refused) {
                fault = Optional.of(refused.toString());
            }
        }
        return new Sample(due, System.nanoTime() - due, fault.orElse("no answer"));
    }

    /** What went wrong, which is nothing where all is well; empty where the connection is gone. */
    private Optional<String> ask(String path, Wire wire) {
        try {
            Wire.Answer answer = wire.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .answer();
            idle.addFirst(wire);
            return Optional.of(answer.status() == 200 ? "" : answer.statusLine() + " " + answer.body());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Stops asking and waits for the answers that are still to come. */
    List<Sample> stop() throws InterruptedException {
        stopped = true;
        clock.join();
        callers.close();
        return List.copyOf(samples);
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        callers.shutdownNow();
        for (Wire wire : idle) {
            wire.close();
        }
    }
}
