package io.marketbrain.alerts;

import static io.marketbrain.alerts.AlertSamples.START;
import static io.marketbrain.alerts.AlertSamples.crosses;
import static io.marketbrain.alerts.AlertSamples.draft;
import static io.marketbrain.alerts.AlertSamples.quote;
import static io.marketbrain.alerts.AlertSamples.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.alerts.rules.PriceDirection;
import io.marketbrain.files.FileProblems;
import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.Money;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.pipeline.BudgetReport;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertServiceTest implements AlertInputs {
    private static final Optional<String> HOOK = Optional.of("https://hooks.example.com/x");
    private static final AlertsConfig CONFIG = new AlertsConfig(
            3, 20, false, Duration.ofSeconds(1), Duration.ofMillis(10), 5, Duration.ofHours(1), Optional.empty());

    @TempDir
    Path folder;

    private final Map<EventSink, Channel> sinks = new ConcurrentHashMap<>();
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final BlockingQueue<WebhookResult> results = new LinkedBlockingQueue<>();
    private volatile Instant now = START;
    private volatile String health = "ok";
    private volatile long used;
    private @Nullable AlertService service;

    @Override
    public MarketEventSource.Subscription listen(Channel channel, EventSink sink) {
        sinks.put(sink, channel);
        return () -> sinks.remove(sink);
    }

    @Override
    public String health(ProviderId provider) {
        return health;
    }

    @Override
    public Optional<BudgetReport> findBudget(String name) {
        return Optional.of(new BudgetReport(
                name,
                "everything",
                Optional.empty(),
                new Money(100),
                new Money(used),
                new Money(100 - used),
                now,
                "ok"));
    }

    private WebhookResult send(WebhookTarget target, Firing firing) {
        sent.add(firing.key());
        WebhookResult next = results.poll();
        return next == null ? new WebhookResult.Answered(200, null) : next;
    }

    private AlertService start() throws AlertsUnavailable {
        var journal = new AlertJournal(folder.resolve("alerts"), FileProblems.ofCommand(), () -> now);
        var made = new AlertService(CONFIG, journal, this, this::send, () -> now, System::nanoTime, new Random(1));
        made.start();
        service = made;
        return made;
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
    }

    private void prices(String... prices) {
        for (EventSink sink : List.copyOf(sinks.keySet())) {
            sink.accept(status(FeedState.UP, Mode.LIVE));
            for (String price : prices) {
                sink.accept(quote(price, Duration.between(START, now)));
            }
        }
    }

    private static void await(AlertService service, String what) throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            if (service.log().toString().contains(what)) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError(what + " is not in " + service.log());
    }

    private String nextSent() throws InterruptedException {
        String key = sent.poll(10, TimeUnit.SECONDS);
        if (key == null) {
            throw new AssertionError("nothing was sent");
        }
        return key;
    }

    @Test
    void a_firing_is_delivered_again_with_the_same_key_until_it_is_accepted() throws Exception {
        AlertService alerts = start();
        results.add(new WebhookResult.Answered(500, null));
        results.add(new WebhookResult.Unreachable("refused"));
        alerts.create(draft(AlertSamples.SUBJECT, crosses("100", PriceDirection.UP), Mode.LIVE, true, HOOK));
        prices("99", "101", "99", "102");
        String key = nextSent();
        assertThat(nextSent()).isEqualTo(key);
        assertThat(nextSent()).isEqualTo(key);
        await(alerts, "outcome=delivered, attempts=3");
        assertThat(alerts.find("one").orElseThrow().state()).isEqualTo("done");
        assertThat(alerts.log().stream().filter(AlertLogEntry.Fired.class::isInstance))
                .hasSize(1);
        assertThat(sinks).isEmpty();
    }

    @Test
    void what_was_not_delivered_is_delivered_after_a_restart_and_what_was_is_not() throws Exception {
        AlertService alerts = start();
        alerts.create(draft(AlertSamples.SUBJECT, crosses("100", PriceDirection.UP), Mode.LIVE, false, HOOK));
        prices("99", "101");
        String first = nextSent();
        await(alerts, "outcome=delivered");
        results.add(new WebhookResult.Answered(503, Duration.ofMinutes(10)));
        now = now.plusSeconds(10);
        prices("99", "101");
        String second = nextSent();
        await(alerts, "outcome=failed");
        alerts.close();
        AlertService restarted = start();
        assertThat(nextSent()).isEqualTo(second).isNotEqualTo(first);
        await(restarted, second + ", outcome=delivered");
        assertThat(restarted.find("one").orElseThrow().progress().fired()).isEqualTo(2);
        assertThat(sent).isEmpty();
    }

    @Test
    void a_crossing_while_the_gateway_was_stopped_fires_after_the_restart() throws Exception {
        AlertService alerts = start();
        alerts.create(draft(AlertSamples.SUBJECT, crosses("100", PriceDirection.EITHER), Mode.LIVE, true, HOOK));
        prices("90", "99");
        alerts.close();
        AlertService restarted = start();
        prices("101");
        await(restarted, "previousPrice=99, direction=UP, afterGap=true");
    }

    @Test
    void an_alert_does_not_fire_again_during_its_cooldown() throws Exception {
        AlertService alerts = start();
        alerts.create(draft(crosses("100", PriceDirection.UP)));
        prices("99", "101", "99", "101");
        now = now.plusSeconds(1);
        prices("99", "101");
        await(alerts, "number=2");
        assertThat(alerts.log()).hasSize(2);
    }

    @Test
    void a_paused_alert_listens_to_nothing_and_starts_anew_when_it_is_armed_again() throws Exception {
        AlertService alerts = start();
        alerts.create(draft(crosses("100", PriceDirection.UP)));
        prices("99");
        assertThat(alerts.setPaused("one", true).orElseThrow().state()).isEqualTo("paused");
        assertThat(sinks).isEmpty();
        alerts.setPaused("one", false);
        prices("101");
        assertThat(alerts.log()).isEmpty();
        prices("99", "101");
        await(alerts, "number=1");
        assertThat(alerts.setPaused("two", true)).isEmpty();
    }

    @Test
    void providers_and_budgets_fire_when_their_state_begins_and_not_while_it_lasts() throws Exception {
        AlertService alerts = start();
        used = 79;
        alerts.create(draft(
                new AlertSubject.OfProvider(AlertSamples.BINANCE),
                new AlertCondition.ProviderDown(),
                null,
                false,
                Optional.empty()));
        health = "down";
        used = 80;
        await(alerts, "type=provider_down");
        assertThat(alerts.remove("one")).isTrue();
        alerts.create(draft(
                new AlertSubject.OfBudget("month"),
                new AlertCondition.BudgetSpent(java.math.BigDecimal.valueOf(80)),
                null,
                false,
                Optional.empty()));
        await(alerts, "type=budget");
    }

    @Test
    void a_deleted_alert_is_gone_after_a_restart_with_what_was_not_delivered_of_it() throws Exception {
        AlertService alerts = start();
        results.add(new WebhookResult.Answered(503, Duration.ofMinutes(10)));
        alerts.create(draft(AlertSamples.SUBJECT, crosses("100", PriceDirection.UP), Mode.LIVE, false, HOOK));
        prices("99", "101");
        nextSent();
        assertThat(alerts.remove("one")).isTrue();
        assertThat(alerts.remove("one")).isFalse();
        alerts.close();
        AlertService restarted = start();
        assertThat(restarted.alerts()).isEmpty();
        assertThat(restarted.log()).hasSize(1);
        assertThat(sent).isEmpty();
    }

    @Test
    void ids_are_unique_and_the_number_of_alerts_is_limited() throws Exception {
        AlertService alerts = start();
        assertThat(alerts.create(draft(crosses("1", PriceDirection.UP)))).isPresent();
        assertThat(alerts.create(draft(crosses("1", PriceDirection.UP)))).isEmpty();
        var unnamed = new AlertDraft(
                Optional.empty(),
                AlertSamples.SUBJECT,
                crosses("1", PriceDirection.UP),
                Mode.LIVE,
                true,
                Duration.ofSeconds(1),
                Optional.empty(),
                "",
                "local");
        assertThat(alerts.create(unnamed)).isPresent();
        assertThat(alerts.create(unnamed)).isPresent();
        assertThat(alerts.create(unnamed)).isEmpty();
    }

    @Test
    void the_journal_does_not_grow_without_end() throws Exception {
        AlertService alerts = start();
        alerts.create(draft(crosses("100", PriceDirection.UP)));
        for (int i = 0; i < 600; i++) {
            alerts.setPaused("one", true);
            alerts.setPaused("one", false);
        }
        alerts.close();
        var journal = new AlertJournal(folder.resolve("alerts"), FileProblems.ofCommand(), () -> now);
        try (journal) {
            assertThat(journal.load()).hasSizeLessThan(1100);
        }
    }
}
