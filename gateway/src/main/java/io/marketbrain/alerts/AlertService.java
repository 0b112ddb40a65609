package io.marketbrain.alerts;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * All alerts of the gateway: creates, changes and deletes them, evaluates the armed ones, and keeps what has happened. A change is
 * stored before it is acknowledged, a firing before it is delivered. Runs nothing while no alert is armed. Thread-safe; methods that
 * change something block for the disk.
 */
public final class AlertService implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AlertService.class.getName());

    private final AlertsConfig config;
    private final StoredAlerts stored;
    private final ArmedAlerts armed;
    private final WebhookDeliveries deliveries;
    private final InstantSource clock;
    private final Random random;

    /** Guards changes of what is stored and of what is armed; never taken by the thread of a feed. */
    private final Object writing = new Object();

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
        this.armed = new ArmedAlerts(inputs, nanoClock, this::round);
        this.clock = clock;
        this.random = random;
        this.deliveries = new WebhookDeliveries(config, sender, new DeliveryReports(), clock, nanoClock, random);
    }

    /** Loads what was stored, and continues it. Must be called once, before anything else. */
    public void start() throws AlertsUnavailable {
        synchronized (writing) {
            stored.load();
            stored.pending().forEach(this::deliver);
            stored.all().stream().filter(Alert::isArmed).forEach(armed::add);
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
            armed.add(alert);
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
        synchronized (writing) {
            return armed.findFeedState(id);
        }
    }

    /** Deletes an alert and what has not been delivered of it; false if there is none. */
    public boolean remove(String id) throws AlertsUnavailable {
        synchronized (writing) {
            if (find(id).isEmpty()) {
                return false;
            }
            stored.record(List.of(new AlertEntry.Removed(id)));
            armed.remove(id);
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
                armed.remove(id);
                if (anew.isArmed()) {
                    armed.add(anew);
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

    private Duration round() {
        synchronized (writing) {
            armed.check(clock.instant());
            storeFirings();
            storeFirstPrices();
            return armed.untilCheck();
        }
    }

    /** Stores what has fired, and only then begins to deliver it. */
    private void storeFirings() {
        List<AlertEntry> entries = new ArrayList<>();
        List<Firing> firings = new ArrayList<>();
        for (Firing firing : armed.takeFirings()) {
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
                armed.remove(firing.alert());
            }
        }
    }

    /** Stores the first price of each alert, so that a crossing is noticed after a crash as well. */
    private void storeFirstPrices() {
        List<AlertEntry> entries = new ArrayList<>();
        armed.forEachSeen((id, price, mode) -> find(id)
                .filter(alert -> alert.condition() instanceof AlertCondition.Crosses)
                .filter(alert -> alert.progress().lastPrice() == null)
                .map(alert -> alert.with(alert.progress().seen(price, mode)))
                .ifPresent(alert -> entries.add(new AlertEntry.Saved(alert))));
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
            armed.close();
            armed.forEachSeen((id, price, mode) -> find(id)
                    .map(alert -> alert.with(alert.progress().seen(price, mode)))
                    .ifPresent(alert -> last.add(new AlertEntry.Saved(alert))));
            stored.recordIfPossible(last, "the last prices of alerts are not stored");
            stored.close();
        }
    }
}
