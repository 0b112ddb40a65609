package io.marketbrain.acceptance;

import io.marketbrain.http.RawClient;
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
 * Load at a fixed rate, independent of how fast responses arrive (open loop): a slow response delays no other request,
 * and each latency counts from when its request was due.
 */
final class OpenLoopLoad implements AutoCloseable {
    /**
     * One request.
     *
     * @param due when it was due, in nanoseconds of {@link System#nanoTime}
     * @param fault what was wrong with the response; empty if nothing
     */
    record Sample(long due, long tookNanos, String fault) {}

    private final int port;
    private final long everyNanos;
    private final IntFunction<String> paths;
    private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedDeque<RawClient> idle = new ConcurrentLinkedDeque<>();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread clock;
    private volatile boolean stopped;

    OpenLoopLoad(int port, int perSecond, IntFunction<String> paths) {
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
            callers.execute(() -> samples.add(send(path, due)));
        }
    }

    private Sample send(String path, long due) {
        RawClient used = idle.pollFirst();
        Optional<String> fault = used == null ? Optional.empty() : send(path, used);
        if (fault.isEmpty()) {
            // Retries once, as every client does: the server may close an idle connection at any time.
            try {
                fault = send(path, new RawClient(port));
            } catch (IOException e) {
                fault = Optional.of(e.toString());
            }
        }
        return new Sample(due, System.nanoTime() - due, fault.orElse("no response"));
    }

    /**
     * Sends one request; returns what was wrong with the response, or the empty string if nothing was. Empty if the
     * connection was closed.
     */
    private Optional<String> send(String path, RawClient wire) {
        try {
            RawClient.Answer answer = wire.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .answer();
            idle.addFirst(wire);
            return Optional.of(answer.status() == 200 ? "" : answer.statusLine() + " " + answer.body());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Stops sending and waits for the outstanding responses. */
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
        for (RawClient wire : idle) {
            wire.close();
        }
    }
}
