package io.marketbrain.telemetry.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.marketbrain.model.NanoClock;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * The running log of the process. Once started, everything logged through {@link System.Logger} or SLF4J goes to the
 * terminal, and errors to a file as well; no log call waits for either. Thread-safe.
 */
public final class GatewayLog implements AutoCloseable {

    /**
     * The key of the key-value pair of an event that holds its call id; without it the event belongs to the
     * {@link io.marketbrain.telemetry.CurrentCall}.
     */
    public static final String CALL_ID = "call";

    private final LoggerContext context;
    private final LineAppender appender;
    private final LogOutlet terminal;
    private final LogOutlet file;
    private final CountDownLatch drained;
    private final Duration drainTime;

    private GatewayLog(
            LogConfig config,
            Redactor redactor,
            InstantSource clock,
            LoggerContext context,
            WritableByteChannel terminalChannel) {
        NanoClock nanoClock = () -> clock.millis() * 1_000_000; // for the rate of its own failures, so precise enough
        LineFormat format = new LineFormat(redactor, config.lineLength(), config.stackFrames());
        this.context = context;
        this.drained = new CountDownLatch(2);
        this.drainTime = config.drainTime();
        this.terminal = new LogOutlet(
                "terminal",
                new LineQueue(config.queueLines(), config.queueBytes()),
                new TerminalSink(terminalChannel),
                new TerminalNotices(format, clock),
                nanoClock,
                drained::countDown);
        this.file = new LogOutlet(
                "file",
                new LineQueue(config.queueLines(), config.queueBytes()),
                new ErrorFile(config.file(), config.fileBytes(), config.filesKept()),
                new FileNotices(config.file(), format, clock, terminal),
                nanoClock,
                drained::countDown);
        this.appender = new LineAppender(format, terminal, file);
    }

    /**
     * Starts the log of the process and installs it as the handler of uncaught exceptions. Nothing is written to disk
     * before the first error.
     */
    public static GatewayLog start(LogConfig config, Redactor redactor, InstantSource clock) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        GatewayLog log = start(config, redactor, clock, context, TerminalSink.standard(config.terminal()));
        Thread.setDefaultUncaughtExceptionHandler(new Uncaught());
        return log;
    }

    static GatewayLog start(
            LogConfig config,
            Redactor redactor,
            InstantSource clock,
            LoggerContext context,
            WritableByteChannel terminalChannel) {
        GatewayLog log = new GatewayLog(config, redactor, clock, context, terminalChannel);
        log.terminal.start();
        log.file.start();
        log.appender.setContext(context);
        log.appender.start();
        log.root().addAppender(log.appender);
        log.root().setLevel(Level.valueOf(config.level().name()));
        return log;
    }

    /** The counts of lines written, dropped and queued so far. */
    public LogCounts counts() {
        return new LogCounts(terminal.counts(), file.counts());
    }

    /**
     * Closes the log: queued lines are written for at most the drain time; the rest is counted as dropped. Lines logged
     * later are ignored. A second call has no effect.
     */
    @Override
    public void close() {
        if (root().detachAppender(appender)) {
            root().setLevel(Level.OFF);
        }
        if (Thread.getDefaultUncaughtExceptionHandler() instanceof Uncaught) {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
        file.close();
        terminal.close();
        try {
            awaitDrained();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.abandon();
        terminal.abandon();
    }

    @SuppressWarnings("ReturnValueIgnored") // drained or not, the rest is dropped next; the threads are daemons
    private void awaitDrained() throws InterruptedException {
        drained.await(drainTime.toNanos(), TimeUnit.NANOSECONDS);
    }

    private Logger root() {
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /** Logs uncaught exceptions instead of printing them past the log. */
    private static final class Uncaught implements Thread.UncaughtExceptionHandler {
        private final org.slf4j.Logger logger = LoggerFactory.getLogger(GatewayLog.class);

        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
            logger.error("thread {} ended", thread.getName(), thrown);
        }
    }
}
