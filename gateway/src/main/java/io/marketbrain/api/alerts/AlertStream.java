package io.marketbrain.api.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.marketbrain.alerts.AlertLogEntry;
import io.marketbrain.alerts.AlertService;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.http.message.Body;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The firings as server-sent events, from the log, written on the thread of the connection. Used once. */
final class AlertStream implements Body.Stream {
    static final String MEDIA_TYPE = "text/event-stream";
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final AlertService service;
    private final AtomicInteger running;
    private final int most;
    private final boolean admin;
    private final BooleanSupplier admitted;
    private long after;
    private volatile boolean stopped;

    /**
     * @param after the number of the last line of the log that the client has
     * @param running counts the streams that are being written, of which there may be {@code most}
     * @param admitted whether the client may still listen
     */
    AlertStream(
            AlertService service,
            long after,
            AtomicInteger running,
            int most,
            boolean admin,
            BooleanSupplier admitted) {
        this.service = service;
        this.after = after;
        this.running = running;
        this.most = most;
        this.admin = admin;
        this.admitted = admitted;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try {
            if (running.incrementAndGet() > most) {
                out.write(": end: too many clients listen to alerts\n\n".getBytes(UTF_8));
                return;
            }
            out.write(("retry: 5000\n\nid: " + after + "\nevent: ready\ndata: ").getBytes(UTF_8));
            out.write(JsonDocument.object(json -> json.put("seq", after)));
            out.write("\n\n".getBytes(UTF_8));
            out.flush();
            while (!stopped && admitted.getAsBoolean()) {
                List<AlertLogEntry> entries = service.awaitLog(after, HEARTBEAT);
                for (AlertLogEntry entry : entries) {
                    write(out, entry);
                    after = entry.seq();
                }
                if (entries.isEmpty()) {
                    out.write(": heartbeat\n\n".getBytes(UTF_8));
                }
                out.flush();
                if (service.isClosed()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the client has left");
        } finally {
            running.decrementAndGet();
        }
    }

    private void write(OutputStream out, AlertLogEntry entry) throws IOException {
        if (AlertEndpoints.isVisible(entry, admin) && entry instanceof AlertLogEntry.Fired(var seq, var firing)) {
            out.write(("id: " + seq + "\nevent: alert\ndata: ").getBytes(UTF_8));
            out.write(JsonDocument.object(json -> AlertJson.write(json, firing)));
            out.write("\n\n".getBytes(UTF_8));
        }
    }

    @Override
    public boolean longLived() {
        return true;
    }

    @Override
    public void stop() {
        stopped = true;
        service.wakeReaders();
    }
}
