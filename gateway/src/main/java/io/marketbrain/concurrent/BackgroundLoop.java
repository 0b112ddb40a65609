package io.marketbrain.concurrent;

import io.marketbrain.model.NanoClock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A supervised background thread that repeats one round of work. A round that throws, whatever it throws, is counted and
 * logged at a bounded rate, and the next one follows after a pause that doubles with each failure in succession, from
 * {@link #MIN_PAUSE} to {@link #MAX_PAUSE}. So the loop runs until it is stopped or a round ends it. Thread-safe.
 */
public final class BackgroundLoop {
    /** The pause after the first failure in succession. */
    public static final Duration MIN_PAUSE = Duration.ofMillis(10);
    /** The longest pause after a failure. */
    public static final Duration MAX_PAUSE = Duration.ofSeconds(2);
    /** Returned by a round: there is no more to do. */
    public static final Duration END = Duration.ofNanos(-1);

    private final String name;
    private final Round round;
    private final FailureLog failures;
    private final Thread thread;
    private final Semaphore wakeUps = new Semaphore(0);
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private volatile Duration firstPause = Duration.ZERO;
    private volatile boolean started;
    private volatile boolean unstartable;
    private volatile boolean stopped;
    private volatile boolean ended;

    /** One round of work. */
    @FunctionalInterface
    public interface Round {
        /**
         * Does one round and returns the pause before the next, which {@link #wake} cuts short, or {@link #END}. Every
         * wait in it must have a deadline.
         */
        Duration run() throws Exception;
    }

    /** The kinds of threads. */
    public enum Kind {
        VIRTUAL,
        /** A platform thread that does not keep the process running. */
        DAEMON,
        /** A platform thread that keeps the process running. */
        PLATFORM;

        private Thread.Builder builder() {
            return switch (this) {
                case VIRTUAL -> Thread.ofVirtual();
                case DAEMON -> Thread.ofPlatform().daemon();
                case PLATFORM -> Thread.ofPlatform().daemon(false);
            };
        }
    }

    /**
     * A loop that has not been started.
     *
     * @param name used as thread name and in metrics, unique for the purpose of the loop
     */
    public BackgroundLoop(String name, Kind kind, NanoClock nanoClock, Round round) {
        this.name = name;
        this.round = round;
        this.failures = new FailureLog(
                System.getLogger(BackgroundLoop.class.getName()), "a round of " + name + " failed", nanoClock);
        this.thread = kind.builder().name(name).unstarted(this::run);
    }

    /** Starts the loop with its first round; returns it. Must be called at most once. */
    public BackgroundLoop start() {
        return start(Duration.ZERO);
    }

    /** Starts the loop with a pause before its first round; returns it. Must be called at most once. */
    public BackgroundLoop start(Duration firstPause) {
        this.firstPause = firstPause;
        started = true;
        ThreadCounts.started(this);
        try {
            thread.start();
        } catch (Throwable noThread) {
            unstartable = true;
            throw noThread;
        }
        return this;
    }

    /** Ends the present pause, or the next one if a round is running. Never blocks. */
    public void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** Lets no further round begin and ends a pause. Does not wait, and does not interrupt a round. */
    public void stop() {
        stopped = true;
        ThreadCounts.ended(this);
        wake();
    }

    /** Stops the loop and interrupts a round that is running. Does not wait. */
    public void stopNow() {
        stop();
        thread.interrupt();
    }

    /** Waits until the thread has ended; false if the time passes first. */
    public boolean awaitEnd(Duration within) throws InterruptedException {
        return !started || thread.join(within);
    }

    /** Whether the thread is running. */
    public boolean alive() {
        return thread.isAlive();
    }

    public boolean stopped() {
        return stopped;
    }

    String name() {
        return name;
    }

    ThreadCounts.Loops report() {
        boolean dead = !ended && (unstartable || thread.getState() == Thread.State.TERMINATED);
        return new ThreadCounts.Loops(name, alive() ? 1 : 0, dead ? 1 : 0, rounds.get(), failuresInARow.get());
    }

    private void run() {
        pause(firstPause);
        while (!stopped) {
            try {
                Duration pause = supervised();
                if (pause.isNegative()) {
                    break;
                }
                pause(pause);
            } catch (Throwable again) {
                // Not even the failure could be recorded; the next round may succeed.
                pause(MAX_PAUSE);
            }
        }
        ended = true;
        ThreadCounts.ended(this);
    }

    private Duration supervised() {
        try {
            Duration pause = Objects.requireNonNull(round.run());
            failuresInARow.set(0);
            return pause;
        } catch (Throwable cause) {
            if (stopped) {
                return END;
            }
            Thread.interrupted(); // only stopNow() ends a loop
            ThreadCounts.taskCrashed(name);
            Duration pause = pauseAfter(failuresInARow.getAndIncrement());
            failures.record(cause);
            return pause;
        } finally {
            rounds.incrementAndGet();
        }
    }

    /** @param earlier how many rounds before this one failed in succession */
    static Duration pauseAfter(int earlier) {
        Duration pause = MIN_PAUSE.multipliedBy(1L << Math.min(earlier, 20));
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }

    private void pause(Duration pause) {
        if (pause.isZero()) {
            return;
        }
        try {
            if (wakeUps.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            // Only stopNow() ends a loop, and it sets stopped.
        }
    }
}
