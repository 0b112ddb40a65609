package io.marketbrain.alerts;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * All alerts of the gateway: creates, changes and deletes them, evaluates the armed ones, and keeps what has happened. A change is
 * stored before it is acknowledged, a firing before it is delivered. Runs nothing while no alert is armed. Thread-safe; methods that
 * change something block for the disk.
 */
public final class AlertService implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AlertService.class.getName());

    private static final Duration IDLE = Duration.ofMinutes(5);

    private final AlertsConfig config;
    private final StoredAlerts stored;
    private final AlertInputs inputs;
    private final WebhookDeliveries deliveries;
    private final InstantSource clock;
    private final NanoClock nanoClock;
    private final Random random;
    private final Queue<Firing> triggered = new ConcurrentLinkedQueue<>();

    /** Guards changes of what is stored, and the watches; never taken by the thread of a feed. */
    private final Object writing = new Object();

    private final Map<String, AlertWatch> watches = new HashMap<>();

    private volatile @Nullable BackgroundLoop loop;

    public AlertService(
            AlertsConfig config,
            AlertStore store,
            AlertInputs inputs,
            WebhookSender sender,
            InstantSource clock,
            NanoClock nanoClock,
            Random random) {
        this.config = config;
        this.stored = new StoredAlerts(store, config.logEntries(), nanoClock);
        this.inputs = inputs;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.random = random;
        this.deliveries = new WebhookDeliveries(config, sender, new DeliveryReports(), clock, nanoClock, random);
    }

    /** Loads what was stored, and continues it. Must be called once, before anything else. */
    public void start() throws AlertsUnavailable {
        synchronized (writing) {
            stored.load();
            stored.pending().forEach(this::deliver);
            stored.all().stream().filter(Alert::isArmed).forEach(this::watch);
        }
    }

    public AlertsConfig config() {
        return config;
    }

    /** Creates an alert; empty if there is one of its id, or if there are as many as there may be. */
    public Optional<Alert> create(AlertDraft draft) throws AlertsUnavailable {
        synchronized (writing) {
            String id = draft.id().orElseGet(() -> "a" + HexFormat.of().toHexDigits(random.nextLong()));
            if (find(id).isPresent() || alerts().size() >= config.maxAlerts()) {
                return Optional.empty();
            }
            Alert alert = draft.create(id, clock.instant());
            stored.record(List.of(new AlertEntry.Saved(alert)));
            watch(alert);
            return Optional.of(alert);
        }
    }

    public List<Alert> alerts() {
        return stored.all();
    }

    public Optional<Alert> find(String id) {
        return stored.find(id);
    }

    /** The state of the feed that an alert is evaluated on; empty where there is none or nothing is known yet. */
    public Optional<FeedState> findFeedState(String id) {
        AlertWatch watch;
        synchronized (writing) {
            watch = watches.get(id);
        }
        return Optional.ofNullable(watch).flatMap(AlertWatch::findFeedState);
    }

    /** Deletes an alert and what has not been delivered of it; false if there is none. */
    public boolean remove(String id) throws AlertsUnavailable {
        synchronized (writing) {
            if (find(id).isEmpty()) {
                return false;
            }
            stored.record(List.of(new AlertEntry.Removed(id)));
            unwatch(id);
            deliveries.cancel(id);
            return true;
        }
    }

    /** Pauses an alert or arms it again; empty if there is none. */
    public Optional<Alert> setPaused(String id, boolean paused) throws AlertsUnavailable {
        synchronized (writing) {
            storeFirings();
            Optional<Alert> found = find(id);
            if (found.isEmpty()) {
                return found;
            }
            Alert changed = found.get().withPaused(paused);
            if (!changed.equals(found.get())) {
                Alert anew = changed.with(changed.progress().seen(null, null));
                stored.record(List.of(new AlertEntry.Saved(anew)));
                unwatch(id);
                if (anew.isArmed()) {
                    watch(anew);
                }
            }
            return find(id);
        }
    }

    /** The log, oldest first. */
    public List<AlertLogEntry> log() {
        return stored.log();
    }

    /** The last number in the log; 0 if it is empty. */
    public long lastSeq() {
        return stored.lastSeq();
    }

    /** The lines of the log after a number; waits for them for a while if there are none. */
    public List<AlertLogEntry> awaitLog(long after, Duration atMost) throws InterruptedException {
        return stored.awaitLog(after, atMost);
    }

    /** Whether the gateway is stopping. */
    public boolean isClosed() {
        return stored.isClosed();
    }

    /** Wakes everything that waits for the log. */
    public void wakeReaders() {
        stored.wakeReaders();
    }

    private void watch(Alert alert) {
        var watch = new AlertWatch(alert, inputs, this::triggered, this::wakeLoop);
        watches.put(alert.id(), watch);
        watch.open();
        wake();
    }

    private void unwatch(String id) {
        AlertWatch watch = watches.remove(id);
        if (watch != null) {
            watch.close();
        }
    }

    /** On the thread of a feed. */
    private void triggered(Firing firing) {
        triggered.add(firing);
        wakeLoop();
    }

    private void wakeLoop() {
        BackgroundLoop existing = loop;
        if (existing != null) {
            existing.wake();
        }
    }

    private void wake() {
        BackgroundLoop existing = loop;
        if (existing == null && !stored.isClosed()) {
            loop = new BackgroundLoop("alerts", BackgroundLoop.Kind.VIRTUAL, nanoClock, this::round).start();
        } else if (existing != null) {
            existing.wake();
        }
    }

    private Duration round() {
        synchronized (writing) {
            Instant now = clock.instant();
            watches.values().forEach(watch -> watch.check(now));
            storeFirings();
            storeFirstPrices();
            if (watches.isEmpty()) {
                loop = null;
                return BackgroundLoop.END;
            }
            return watches.values().stream()
                    .map(AlertWatch::checkPeriod)
                    .flatMap(Optional::stream)
                    .min(Comparator.naturalOrder())
                    .orElse(IDLE);
        }
    }

    /** Stores what has fired, and only then begins to deliver it. */
    private void storeFirings() {
        List<AlertEntry> entries = new ArrayList<>();
        List<Firing> firings = new ArrayList<>();
        for (Firing firing = triggered.poll(); firing != null; firing = triggered.poll()) {
            Optional<Alert> alert = find(firing.alert());
            if (alert.isPresent()) { // otherwise it has been deleted meanwhile
                firings.add(firing);
                entries.add(new AlertEntry.Fired(firing, alert.get().webhook().isPresent()));
            }
        }
        if (entries.isEmpty()) {
            return;
        }
        // A firing that may be delivered twice is better than one that is not delivered at all.
        stored.recordIfPossible(entries, "firings of alerts are delivered, but not stored");
        for (Firing firing : firings) {
            LOG.log(System.Logger.Level.INFO, "alert {0}: {1}", firing.key(), firing.text());
            deliver(firing);
            if (find(firing.alert()).filter(Alert::isArmed).isEmpty()) {
                unwatch(firing.alert());
            }
        }
    }

    /** Stores the first price of each alert, so that a crossing is noticed after a crash as well. */
    private void storeFirstPrices() {
        List<AlertEntry> entries = new ArrayList<>();
        watches.forEach((id, watch) -> {
            AlertWatch.Seen seen = watch.seen();
            find(id).filter(alert -> alert.condition() instanceof AlertCondition.Crosses)
                    .filter(alert -> alert.progress().lastPrice() == null && seen.price() != null)
                    .map(alert -> alert.with(alert.progress().seen(seen.price(), seen.mode())))
                    .ifPresent(alert -> entries.add(new AlertEntry.Saved(alert)));
        });
        stored.recordIfPossible(entries, "the first prices of alerts are not stored");
    }

    private void deliver(Firing firing) {
        find(firing.alert()).flatMap(Alert::webhook).ifPresent(target -> {
            if (!deliveries.add(firing, target)) {
                end(firing, false, 0, "more than " + WebhookDeliveries.MAX_WAITING + " firings wait to be delivered");
            }
        });
    }

    private void end(Firing firing, boolean delivered, int attempts, String detail) {
        var entries = List.<AlertEntry>of(
                new AlertEntry.Ended(firing.alert(), firing.key(), delivered, attempts, clock.instant(), detail));
        synchronized (writing) {
            stored.recordIfPossible(entries, "a delivery is not stored, and would be repeated after a restart");
        }
        log(firing, attempts, (delivered ? "delivered: " : "given up: ") + detail);
    }

    private static void log(Firing firing, int attempts, String what) {
        LOG.log(System.Logger.Level.INFO, "webhook of alert {0}, attempt {1}: {2}", firing.key(), attempts, what);
    }

    /** What comes of deliveries. */
    private final class DeliveryReports implements WebhookDeliveries.Reports {
        @Override
        public void failed(Firing firing, int attempts, String detail) {
            stored.failed(firing, attempts, clock.instant(), detail);
            log(firing, attempts, detail);
        }

        @Override
        public void ended(Firing firing, boolean delivered, int attempts, String detail) {
            end(firing, delivered, attempts, detail);
        }
    }

    /** Stops everything; the prices that were seen last are stored, so that crossings are noticed after a restart. */
    @Override
    public void close() {
        synchronized (writing) {
            if (stored.isClosed()) {
                return;
            }
            storeFirings();
            deliveries.close();
            List<AlertEntry> last = new ArrayList<>();
            for (Map.Entry<String, AlertWatch> watched : watches.entrySet()) {
                watched.getValue().close();
                AlertWatch.Seen seen = watched.getValue().seen();
                if (seen.price() != null) {
                    find(watched.getKey())
                            .map(alert -> alert.with(alert.progress().seen(seen.price(), seen.mode())))
                            .ifPresent(alert -> last.add(new AlertEntry.Saved(alert)));
                }
            }
            watches.clear();
            stored.recordIfPossible(last, "the last prices of alerts are not stored");
            stored.close();
            BackgroundLoop existing = loop;
            if (existing != null) {
                existing.stop();
            }
        }
    }
}
