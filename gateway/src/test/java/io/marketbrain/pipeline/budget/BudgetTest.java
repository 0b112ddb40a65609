package io.marketbrain.pipeline.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.cost.BillingPeriod;
import io.marketbrain.model.cost.CostModel;
import io.marketbrain.model.cost.Money;
import io.marketbrain.pipeline.BudgetReport;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.budget.BudgetPolicy.Period;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class BudgetTest {
    private static final ProviderId ACME = new ProviderId("acme");
    private static final MarketQuery QUOTE = new MarketQuery.QuoteQuery(ACME, Instrument.crypto("BTC", "USD"), null);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-31T23:00:00Z");

    private static BudgetPolicy policy(String name, String limit, String provider, String caller) {
        return new BudgetPolicy(
                name,
                Money.of(limit),
                Period.DAY,
                ZoneOffset.UTC,
                Optional.ofNullable(provider).map(ProviderId::new),
                Optional.ofNullable(caller));
    }

    private Ledger ledger(BudgetStore store, BudgetPolicy... policies) {
        return new Ledger(new BudgetConfig(List.of(policies), Map.of()), store, () -> now);
    }

    private static Call call(String caller) {
        return new Call(
                new CallId("t"),
                new Caller(caller, false),
                Priority.HIGH,
                Deadline.in(Duration.ofSeconds(5), System::nanoTime),
                false);
    }

    private static Outcome<QueryResult> answer(MarketData data) {
        return Outcome.success(new QueryResult(
                data, new Provenance(ACME, Mode.LIVE, null, Instant.EPOCH, Freshness.FRESH, List.of(), List.of())));
    }

    private static Outcome<QueryResult> quote() {
        return answer(new MarketData.Quote(
                new MarketData.Listing(Instrument.crypto("BTC", "USD"), "BTCUSD", "E", "UTC", "USD"),
                BigDecimal.ONE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
    }

    private static MarketDataSource paying(Ledger ledger, String price, MarketDataSource source) {
        return new BudgetLayer(CostModel.perCall(Money.of(price)), _ -> 1, ledger).around(source);
    }

    private static Money used(Ledger ledger, String name) {
        return ledger.reports().stream()
                .filter(report -> report.name().equals(name))
                .map(BudgetReport::used)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void makes_exactly_as_many_calls_as_the_budget_pays_for_under_concurrency() throws Exception {
        var calls = new AtomicLong();
        try (var ledger = ledger(new SqliteBudgetStore(folder.resolve("b.db")), policy("all", "100.1", null, null))) {
            MarketDataSource source = paying(ledger, "0.7", (query, call) -> {
                calls.incrementAndGet();
                return quote();
            });
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 1000; i++) {
                    threads.execute(() -> source.fetch(QUOTE, call("alice")));
                }
            }
            assertThat(calls).hasValue(143);
            assertThat(used(ledger, "all")).isEqualTo(Money.of("100.1"));
        }
    }

    @Test
    void rejects_with_the_budget_name_and_the_time_until_it_resets() {
        try (var ledger = ledger(new MemoryBudgetStore(), policy("daily", "1", null, null))) {
            MarketDataSource source = paying(ledger, "1", (query, call) -> quote());
            assertThat(source.fetch(QUOTE, call("alice"))).isInstanceOf(Outcome.Success.class);
            assertThat(((Outcome.Failed<QueryResult>) source.fetch(QUOTE, call("alice"))).failure())
                    .isInstanceOfSatisfying(Failure.BudgetExhausted.class, exhausted -> {
                        assertThat(exhausted.policy()).isEqualTo("daily");
                        assertThat(exhausted.retryAfter()).isEqualTo(Duration.ofHours(1));
                    });
            now = now.plus(Duration.ofHours(1));
            assertThat(source.fetch(QUOTE, call("alice"))).isInstanceOf(Outcome.Success.class);
        }
    }

    @Test
    void pays_from_every_budget_that_covers_the_call_or_from_none() {
        try (var ledger = ledger(
                new MemoryBudgetStore(),
                policy("all", "10", null, null),
                policy("acme", "10", "acme", null),
                policy("other", "10", "other", null),
                policy("each", "2", null, "*"))) {
            MarketDataSource source = paying(ledger, "1", (query, call) -> quote());
            for (int i = 0; i < 5; i++) {
                source.fetch(QUOTE, call("alice"));
            }
            source.fetch(QUOTE, call("bob"));
            assertThat(used(ledger, "all")).isEqualTo(Money.of("3"));
            assertThat(used(ledger, "acme")).isEqualTo(Money.of("3"));
            assertThat(used(ledger, "other")).isEqualTo(Money.NONE);
            assertThat(used(ledger, "each/alice")).isEqualTo(Money.of("2"));
            assertThat(used(ledger, "each/bob")).isEqualTo(Money.of("1"));
        }
    }

    @Test
    void refunds_what_was_reserved_for_records_that_did_not_arrive() {
        var costs = new CostModel(Map.of(Operation.CANDLES, new CostModel.Cost(Money.of("1"), Money.of("0.01"))));
        try (var ledger = ledger(new MemoryBudgetStore(), policy("all", "100", null, null))) {
            var layer = new BudgetLayer(costs, _ -> 1, ledger);
            var query =
                    new MarketQuery.CandlesQuery(ACME, Instrument.crypto("BTC", "USD"), Interval.H1, null, null, 500);
            var candle = new MarketData.Candle(
                    Instant.EPOCH,
                    BigDecimal.ONE,
                    BigDecimal.ONE,
                    BigDecimal.ONE,
                    BigDecimal.ONE,
                    null,
                    null,
                    null,
                    true);
            layer.around((q, call) -> {
                        assertThat(used(ledger, "all")).as("reserved").isEqualTo(Money.of("6"));
                        return answer(new MarketData.Candles(
                                new MarketData.Listing(query.instrument(), "BTCUSD", "E", "UTC", "USD"),
                                Interval.H1,
                                List.of(candle, candle, candle),
                                List.of(),
                                null));
                    })
                    .fetch(query, call("alice"));
            assertThat(used(ledger, "all")).isEqualTo(Money.of("1.03"));
            assertThat(layer.counters()).containsEntry("spent_micros", 1_030_000L);
        }
    }

    @Test
    void charges_a_failed_call_that_may_have_been_sent_and_not_one_that_was_never_sent() {
        try (var ledger = ledger(new MemoryBudgetStore(), policy("all", "100", null, null))) {
            paying(ledger, "1", (q, c) -> Outcome.failed(new Failure.Unreachable(ACME, "refused", false)))
                    .fetch(QUOTE, call("alice"));
            assertThat(used(ledger, "all")).isEqualTo(Money.NONE);
            paying(ledger, "1", (q, c) -> Outcome.failed(new Failure.Faulty(ACME, "500")))
                    .fetch(QUOTE, call("alice"));
            paying(ledger, "1", (q, c) -> Outcome.failed(new Failure.TimedOut(ACME, "late")))
                    .fetch(QUOTE, call("alice"));
            paying(ledger, "1", (q, c) -> Outcome.failed(new Failure.Unreachable(ACME, "reset")))
                    .fetch(QUOTE, call("alice"));
            assertThat(used(ledger, "all")).isEqualTo(Money.of("3"));
        }
    }

    @Test
    void keeps_counts_over_a_restart_and_returns_the_rest_of_a_block() {
        Path file = folder.resolve("b.db");
        try (var ledger = ledger(new SqliteBudgetStore(file), policy("all", "1000", null, null))) {
            paying(ledger, "1", (q, c) -> quote()).fetch(QUOTE, call("alice"));
        }
        try (var ledger = ledger(new SqliteBudgetStore(file), policy("all", "1000", null, null))) {
            assertThat(used(ledger, "all")).isEqualTo(Money.of("1"));
        }
    }

    @Test
    void a_crash_loses_at_most_one_block() {
        Path file = folder.resolve("b.db");
        var crashed = ledger(new SqliteBudgetStore(file), policy("all", "1000", null, null));
        paying(crashed, "1", (q, c) -> quote()).fetch(QUOTE, call("alice"));
        try (var ledger = ledger(new SqliteBudgetStore(file), policy("all", "1000", null, null))) {
            assertThat(used(ledger, "all")).isEqualTo(Money.of("10"));
        }
    }

    @Test
    void spends_nothing_that_it_cannot_count() {
        try (var ledger = ledger(new SqliteBudgetStore(folder), policy("all", "1000", null, null))) {
            var calls = new ArrayList<String>();
            Outcome<QueryResult> outcome = paying(ledger, "1", (q, c) -> {
                        calls.add("made");
                        return quote();
                    })
                    .fetch(QUOTE, call("alice"));
            assertThat(calls).isEmpty();
            assertThat(((Outcome.Failed<QueryResult>) outcome).failure()).isInstanceOf(Failure.BudgetExhausted.class);
            assertThat(ledger.reports()).extracting(BudgetReport::state).containsExactly("unknown");
        }
    }

    @Test
    void days_and_months_start_in_the_time_zone_of_the_budget() {
        var newYork = new BudgetPolicy(
                "m", Money.of("1"), Period.MONTH, ZoneId.of("America/New_York"), Optional.empty(), Optional.empty());
        assertThat(newYork.window(Instant.parse("2026-04-01T03:59:59Z"))).isEqualTo("2026-03");
        assertThat(newYork.window(Instant.parse("2026-04-01T04:00:00Z"))).isEqualTo("2026-04");
        assertThat(newYork.resets(Instant.parse("2026-03-05T00:00:00Z")))
                .isEqualTo(Instant.parse("2026-04-01T04:00:00Z"));
    }

    @Test
    void rejects_amounts_that_would_need_rounding() {
        assertThatThrownBy(() -> Money.of("0.0000001")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Money.of("0.1").plus(Money.of("0.2"))).isEqualTo(Money.of("0.3"));
    }

    @Test
    void warns_once_at_four_fifths_however_many_gateways_share_it_and_however_often_they_are_restarted() {
        var root = (Logger) LoggerFactory.getLogger(BudgetAccount.class);
        var lines = new ListAppender<ILoggingEvent>();
        Level before = root.getLevel();
        lines.setContext(root.getLoggerContext());
        lines.start();
        root.setLevel(Level.WARN);
        root.addAppender(lines);
        try {
            Path file = folder.resolve("b.db");
            for (int restart = 0; restart < 10; restart++) {
                try (var one = ledger(new SqliteBudgetStore(file), policy("all", "100", null, null));
                        var two = ledger(new SqliteBudgetStore(file), policy("all", "100", null, null))) {
                    for (int i = 0; i < 6; i++) {
                        paying(one, "1", (q, c) -> quote()).fetch(QUOTE, call("alice"));
                        paying(two, "1", (q, c) -> quote()).fetch(QUOTE, call("bob"));
                    }
                }
                if (restart == 5) {
                    assertThat(lines.list).isEmpty();
                }
            }
            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly("budget all: 80 of 100 used in 2026-03-31");
            now = now.plus(Duration.ofDays(1));
            try (var ledger = ledger(new SqliteBudgetStore(file), policy("all", "100", null, null))) {
                for (int i = 0; i < 100; i++) {
                    paying(ledger, "1", (q, c) -> quote()).fetch(QUOTE, call("alice"));
                }
            }
            assertThat(lines.list).hasSize(2);
        } finally {
            root.detachAppender(lines);
            root.setLevel(before);
        }
    }

    @Test
    void charges_by_weight_where_the_provider_does() {
        var costs = CostModel.same(new CostModel.Cost(Money.of("1"), Money.NONE, Money.of("0.25")));
        try (var ledger = ledger(new MemoryBudgetStore(), policy("all", "100", null, null))) {
            new BudgetLayer(costs, _ -> 6, ledger).around((q, c) -> quote()).fetch(QUOTE, call("alice"));
            new BudgetLayer(costs, _ -> 2, ledger)
                    .around((q, c) -> Outcome.failed(new Failure.Faulty(ACME, "500")))
                    .fetch(QUOTE, call("alice"));
            assertThat(used(ledger, "all")).isEqualTo(Money.of("4"));
        }
    }

    @Test
    void free_calls_cost_nothing_and_reset_daily_in_the_time_zone_of_the_provider() {
        var newYork = new BillingPeriod(3, ChronoUnit.DAYS, ZoneId.of("America/New_York"));
        CostModel costs = CostModel.perCall(Money.of("2")).withBilling(newYork);
        Path file = folder.resolve("b.db");
        for (int restart = 0; restart < 2; restart++) {
            try (var ledger = ledger(new SqliteBudgetStore(file), policy("all", "100", null, null))) {
                var layer = new BudgetLayer(costs, _ -> 1, ledger);
                for (int i = 0; i < 5; i++) {
                    layer.around((q, c) -> Outcome.failed(new Failure.Shed("full", Duration.ZERO)))
                            .fetch(QUOTE, call("alice"));
                }
                layer.around((q, c) -> quote()).fetch(QUOTE, call("alice"));
                layer.around((q, c) -> quote()).fetch(QUOTE, call("bob"));
            }
        }
        try (var ledger = ledger(new SqliteBudgetStore(file), policy("all", "100", null, null))) {
            assertThat(used(ledger, "all")).as("three of four were free").isEqualTo(Money.of("2"));
            MarketDataSource source = new BudgetLayer(costs, _ -> 1, ledger).around((q, c) -> quote());
            // Midnight in London, not yet in New York.
            now = Instant.parse("2026-04-01T03:59:00Z");
            source.fetch(QUOTE, call("alice"));
            assertThat(used(ledger, "all")).isEqualTo(Money.of("2"));
            now = Instant.parse("2026-04-01T04:00:00Z");
            for (int i = 0; i < 4; i++) {
                source.fetch(QUOTE, call("alice"));
            }
            assertThat(used(ledger, "all")).isEqualTo(Money.of("4"));
            assertThat(ledger.reports()).anySatisfy(report -> {
                assertThat(report.scope()).isEqualTo("free calls of provider acme");
                assertThat(report.left()).isEqualTo(Money.NONE);
                assertThat(report.resets()).isEqualTo(Instant.parse("2026-04-02T04:00:00Z"));
            });
        }
    }

    @Test
    void what_is_left_of_the_free_calls_is_known_without_asking_the_store() {
        var daily = new BillingPeriod(200, ChronoUnit.DAYS, ZoneOffset.UTC);
        CostModel costs = CostModel.perCall(Money.of("2")).withBilling(daily);
        try (var ledger = ledger(new MemoryBudgetStore(), policy("all", "1000", null, null))) {
            var layer = new BudgetLayer(costs, _ -> 1, ledger);
            assertThat(layer.freePercentLeft(ACME)).isEqualTo(100);
            for (int i = 0; i < 150; i++) {
                layer.around((q, c) -> quote()).fetch(QUOTE, call("alice"));
            }
            assertThat(layer.freePercentLeft(ACME)).isEqualTo(25);
            for (int i = 0; i < 100; i++) {
                layer.around((q, c) -> quote()).fetch(QUOTE, call("alice"));
            }
            assertThat(layer.freePercentLeft(ACME)).isZero();
            now = now.plus(Duration.ofDays(1));
            assertThat(layer.freePercentLeft(ACME)).isEqualTo(100);
            var without = new BudgetLayer(CostModel.perCall(Money.of("2")), _ -> 1, ledger);
            assertThat(without.freePercentLeft(ACME)).isEqualTo(100);
        }
    }
}
