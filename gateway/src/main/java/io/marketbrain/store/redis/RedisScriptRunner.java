package io.marketbrain.store.redis;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.concurrent.BackgroundLoop.Kind;
import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.ScriptRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts on the shared Redis. Callers never touch a socket: they wait, for a bounded time, on calls that a few
 * workers take from a bounded queue. The workers open their connections at the first call; after a failure, calls fail
 * at once until a probe in the background has passed. Thread-safe.
 */
public final class RedisScriptRunner implements ScriptRunner {
    /** Scripts return a few integers, so replies are held to the least limits. */
    private static final int MAX_VALUE_BYTES = 0;

    /** How long a thread waits before it looks at the state again, if nothing reports a change. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final RedisScript PROBE = new CompiledScript(new Script("return {1}"));

    private final RedisConfig config;
    private final Duration longestWait;
    private final NanoClock nanoClock;
    private final RedisConnector connector;
    private final ScriptAvailability availability;
    private final BlockingQueue<ScriptCall> queue;
    private final List<RedisConnections> opened = new ArrayList<>();
    private final List<BackgroundLoop> threads = new ArrayList<>();
    private final Map<Script, CompiledScript> compiled = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor deadlines;
    /** Whether a worker has been able to connect since the last failure. */
    private volatile boolean connected;

    private volatile boolean closed;

    /** @param longestWait how long a caller waits at most for a run */
    public RedisScriptRunner(RedisConfig config, Duration longestWait, NanoClock nanoClock, RandomGenerator chance) {
        this(config, longestWait, nanoClock, chance, SocketFactory.getDefault());
    }

    /** @param sockets creates unconnected sockets */
    RedisScriptRunner(
            RedisConfig config,
            Duration longestWait,
            NanoClock nanoClock,
            RandomGenerator chance,
            SocketFactory sockets) {
        this.config = config;
        this.longestWait = longestWait;
        this.nanoClock = nanoClock;
        this.connector = new RedisConnector(config, MAX_VALUE_BYTES, sockets);
        this.availability =
                new ScriptAvailability(new Backoff(config.probeMin(), config.probeMax()), nanoClock, chance);
        this.queue = new ArrayBlockingQueue<>(config.queue());
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("redis-scripts").factory());
        this.deadlines.setRemoveOnCancelPolicy(true);
    }

    @Override
    public List<Long> run(Script script, String keySuffix, List<String> arguments) throws Unavailable {
        if (closed) {
            throw new Unavailable("the gateway is stopping", null);
        }
        Optional<String> fault = availability.findFault();
        if (fault.isPresent()) {
            throw new Unavailable("redis is unavailable (" + fault.get() + ")", null);
        }
        start();
        var call = new ScriptCall(
                compiled.computeIfAbsent(script, CompiledScript::new),
                RedisConnection.bytes(config.prefix() + ":" + keySuffix),
                arguments.stream().map(RedisConnection::bytes).toList());
        if (!queue.offer(call)) {
            throw new Unavailable("redis: too many calls are waiting for it", null);
        }
        try {
            List<Long> numbers = numbers(call.await(longestWait));
            availability.answered();
            return numbers;
        } catch (InterruptedException e) {
            // A cancelled request says nothing about Redis.
            Thread.currentThread().interrupt();
            throw new Unavailable("redis: the request was cancelled", e);
        } catch (TimeoutException e) {
            boolean busy = connected && !call.started();
            String words = busy ? "all connections are busy" : "no reply in " + longestWait.toMillis() + " ms";
            if (!busy) {
                failed(words);
            }
            throw new Unavailable("redis is unavailable (" + words + ")", e);
        } catch (ExecutionException e) {
            String words = words(e.getCause());
            failed(words);
            throw new Unavailable("redis is unavailable (" + words + ")", e);
        }
    }

    /** Starts the threads at the first call, because a gateway without limits and budgets makes none. */
    private synchronized void start() {
        if (closed || !threads.isEmpty()) {
            return;
        }
        threads.add(new BackgroundLoop("redis-script-prober", Kind.VIRTUAL, nanoClock, this::probeIfFailed).start());
        for (int i = 0; i < config.connections(); i++) {
            RedisConnections own = connector.connections();
            opened.add(own);
            threads.add(new BackgroundLoop("redis-script-worker", Kind.VIRTUAL, nanoClock, () -> work(own)).start());
        }
    }

    private synchronized void wakeAll() {
        threads.forEach(BackgroundLoop::wake);
    }

    /** Connects if necessary, waits for a call and runs it. */
    private Duration work(RedisConnections own) throws InterruptedException {
        if (availability.findFault().isPresent()) {
            return LONGEST_WAIT;
        }
        try {
            connectIfNeeded(own);
        } catch (RuntimeException e) {
            own.abort();
            failed(words(e));
            return LONGEST_WAIT;
        }
        connected = true;
        try {
            ScriptCall call = queue.poll(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
            if (call != null) {
                serve(call, own);
            }
        } finally {
            if (closed) {
                own.abort();
            }
        }
        return Duration.ZERO;
    }

    /** The server may have closed an idle connection: then the call is run once more on a new one. */
    private void serve(ScriptCall call, RedisConnections own) {
        try {
            if (!runs(call, own)) {
                connectIfNeeded(own);
                call.run(own);
            }
        } catch (RuntimeException e) {
            own.abort();
            call.fail(e);
        } catch (Error e) {
            own.abort();
            call.fail(e);
            throw e;
        }
    }

    /** Runs a call; false if the connection was lost. */
    private boolean runs(ScriptCall call, RedisConnections own) {
        connectIfNeeded(own);
        try {
            call.run(own);
            return true;
        } catch (RuntimeException e) {
            if (RedisFault.of(e) != RedisFault.LOST || call.done()) {
                throw e;
            }
            own.abort();
            return false;
        }
    }

    private void connectIfNeeded(RedisConnections own) {
        if (own.sockets() == 0 || !own.connected()) {
            withinConnectTimeout(own, () -> connect(own));
        }
    }

    private Duration probeIfFailed() throws InterruptedException {
        Optional<Duration> pause = availability.findPause();
        if (pause.isEmpty()) {
            return LONGEST_WAIT;
        }
        TimeUnit.NANOSECONDS.sleep(pause.get().toNanos());
        RedisConnections own = connector.connections();
        try {
            withinConnectTimeout(own, () -> {
                connect(own);
                new ScriptCall(PROBE, RedisConnection.bytes(config.prefix() + ":probe"), List.of()).run(own);
            });
            availability.probePassed();
            wakeAll();
        } catch (RuntimeException e) {
            availability.probeFailed(words(e));
        } finally {
            own.abort();
        }
        return Duration.ZERO;
    }

    private static void connect(RedisConnections own) {
        own.refreshTopology();
        own.connect();
    }

    private void withinConnectTimeout(RedisConnections own, Runnable work) {
        ScheduledFuture<?> deadline =
                deadlines.schedule(own::abort, config.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
        try {
            work.run();
        } finally {
            deadline.cancel(false);
        }
    }

    /** Calls that are waiting fail too: nothing will serve them. */
    private void failed(String words) {
        connected = false;
        if (!closed) {
            availability.failed(words);
        }
        var waiting = new ArrayList<ScriptCall>();
        queue.drainTo(waiting);
        waiting.forEach(call -> call.fail(new IllegalStateException(words)));
        wakeAll();
    }

    private static String words(@Nullable Throwable fault) {
        return fault == null ? "" : RedisFault.of(fault) + ": " + fault.getMessage();
    }

    private static List<Long> numbers(@Nullable Object reply) {
        var numbers = new ArrayList<Long>();
        if (reply instanceof List<?> parts) {
            for (Object part : parts) {
                if (part instanceof Long number) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }

    @Override
    public boolean away() {
        return availability.findFault().isPresent();
    }

    @Override
    public synchronized void close() {
        closed = true;
        threads.forEach(BackgroundLoop::stopNow);
        opened.forEach(RedisConnections::abort);
        deadlines.shutdownNow();
    }
}
