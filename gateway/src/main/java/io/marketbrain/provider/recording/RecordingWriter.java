package io.marketbrain.provider.recording;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.files.FileKind;
import io.marketbrain.files.FileProblems;
import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.Reportable;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.transport.ExchangeRecorder;
import io.marketbrain.provider.transport.SentCredentials;
import io.marketbrain.security.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Records exchanges in a folder, on a thread of its own behind a bounded queue. An exchange that finds the queue full, that
 * the limits of the folder leave no room for, or that cannot be written is dropped and counted; no request ever waits or
 * fails. Thread-safe.
 */
public final class RecordingWriter implements Reportable, AutoCloseable {
    /** How long nothing is written after a failed write; what fits waits in the queue. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(3);
    private static final System.Logger LOG = System.getLogger(RecordingWriter.class.getName());

    private final Path folder;
    private final RecordingFolder target;
    private final int queueBytes;
    private final Collection<Secret> secrets;
    private final FileProblems files;
    private final NanoClock nanoClock;
    private final BackgroundLoop loop;
    private final Queue<PendingExchange> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong queued = new AtomicLong();
    private final AtomicLong sequence = new AtomicLong();
    private final LongAdder recorded = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile boolean full;
    private volatile boolean closing;
    private volatile @Nullable Long failedAt;

    /**
     * A recorder that has started.
     *
     * @param config with a folder
     * @param secrets what must not be recorded, beside the credentials of each request
     */
    public RecordingWriter(
            RecordingConfig config, Collection<Secret> secrets, FileProblems files, NanoClock nanoClock) {
        this.folder = config.folder().orElseThrow();
        this.target = new RecordingFolder(folder, config.maxBytes(), config.maxFiles());
        this.queueBytes = config.queueBytes();
        this.secrets = List.copyOf(secrets);
        this.files = files;
        this.nanoClock = nanoClock;
        this.loop = new BackgroundLoop("recorder", BackgroundLoop.Kind.VIRTUAL, nanoClock, this::writeQueued).start();
    }

    /** The recorder of one provider's exchanges. */
    public ExchangeRecorder recorder(Descriptor descriptor) {
        return (request, response, credentials) -> add(descriptor, request, response, credentials);
    }

    private void add(Descriptor descriptor, ProviderRequest request, RawPayload response, SentCredentials credentials) {
        var exchange = new PendingExchange(
                descriptor,
                request,
                response.status(),
                response.headers(),
                response.body(),
                response.receivedAt(),
                response.keySent(),
                credentials,
                sequence.incrementAndGet());
        if (closing || full || !reserve(exchange.bytes())) {
            dropped.increment();
            return;
        }
        queue.add(exchange);
        loop.wake();
    }

    private boolean reserve(int bytes) {
        if (queued.addAndGet(bytes) <= queueBytes) {
            return true;
        }
        queued.addAndGet(-bytes);
        return false;
    }

    /** Writes what is queued, until there is nothing left or a write fails. */
    private Duration writeQueued() {
        Long last = failedAt;
        if (last != null && !closing) {
            Duration left = PAUSE_AFTER_FAILURE.minusNanos(nanoClock.nanos() - last);
            if (left.isPositive()) {
                return left;
            }
        }
        for (PendingExchange next = queue.poll(); next != null; next = queue.poll()) {
            queued.addAndGet(-next.bytes());
            if (!write(next) && !closing) {
                return PAUSE_AFTER_FAILURE;
            }
        }
        return closing ? BackgroundLoop.END : IDLE;
    }

    /** Whether the folder could be used. */
    private boolean write(PendingExchange exchange) {
        try {
            List<Secret> hidden = new ArrayList<>(secrets);
            hidden.addAll(exchange.credentials().values());
            var scrubber = new Scrubber(hidden);
            byte[] body = scrubber.scrub(exchange.body());
            if (target.write(exchange.meta(scrubber, Arrays.equals(body, exchange.body())), body)) {
                recorded.increment();
            } else {
                dropped.increment();
                reportFull();
            }
            failedAt = null;
            files.clear(folder);
            return true;
        } catch (IOException e) {
            failed.increment();
            failedAt = nanoClock.nanos();
            files.report(folder, "cannot be recorded in: " + FileKind.reason(e));
            return false;
        }
    }

    private void reportFull() {
        if (!full) {
            full = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "recording has stopped: " + folder
                            + " has reached record.max_bytes or record.max_files; raise them or choose another folder");
        }
    }

    @Override
    public String name() {
        return "recorder";
    }

    @Override
    public String state() {
        return failedAt != null ? "failing" : full ? "full" : "ok";
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of(
                "recorded", recorded.sum(),
                "dropped", dropped.sum(),
                "failed", failed.sum(),
                "queued_bytes", queued.get());
    }

    /** Writes what is queued, for a limited time, and ends. */
    @Override
    public void close() {
        closing = true;
        loop.wake();
        try {
            if (!loop.awaitEnd(LONGEST_DRAIN)) {
                loop.stopNow();
            }
        } catch (InterruptedException e) {
            loop.stopNow();
            Thread.currentThread().interrupt();
        }
    }
}
