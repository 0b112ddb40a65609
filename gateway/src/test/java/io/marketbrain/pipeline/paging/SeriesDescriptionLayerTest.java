package io.marketbrain.pipeline.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.SeriesDetails;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.provider.TestCalls;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Descriptions of series: when they are asked for, how long they are kept, and that values do not depend on them. */
class SeriesDescriptionLayerTest {
    private static final ProviderId ID = new ProviderId("fred");
    private static final SeriesDetails DETAILS =
            new SeriesDetails(null, "Quarterly", "Seasonally Adjusted Annual Rate");

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private @Nullable Failure failure;
    private @Nullable String unit;

    private final MarketDataSource source = new SeriesDescriptionLayer(this::described, nanos::get)
            .around((query, _) -> {
                asked.add(query.subject() + " values");
                var value = new Observation(Instant.EPOCH, BigDecimal.ONE);
                return result(new Series(query.subject(), query.subject(), unit, List.of(value), Instant.EPOCH));
            });

    private Outcome<QueryResult> described(MarketQuery query, Call call) {
        assertThat(((SeriesQuery) query).isDescription()).isTrue();
        assertThat(call.deadline().remaining()).isLessThanOrEqualTo(Duration.ofSeconds(2));
        asked.add(query.subject() + " description");
        return failure == null
                ? result(new Series(
                        query.subject(),
                        "Gross Domestic Product",
                        "Billions of Dollars",
                        DETAILS,
                        null,
                        List.of(),
                        null))
                : Outcome.failed(failure);
    }

    private static Outcome<QueryResult> result(Series series) {
        return Outcome.success(new QueryResult(
                series, new Provenance(ID, Mode.LIVE, null, Instant.EPOCH, Freshness.FRESH, List.of(), List.of())));
    }

    private QueryResult answer(String id, Call call) {
        Outcome<QueryResult> outcome = source.fetch(new SeriesQuery(ID, id, null, null, 10), call);
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        return ((Outcome.Success<QueryResult>) outcome).value();
    }

    private Series fetch(String id) {
        return (Series) answer(id, TestCalls.patient()).data();
    }

    @Test
    void values_have_the_description_which_is_asked_for_once_a_day() {
        Series series = fetch("GDP");
        assertThat(series.title()).isEqualTo("Gross Domestic Product");
        assertThat(series.unit()).isEqualTo("Billions of Dollars");
        assertThat(series.details()).isEqualTo(DETAILS);
        assertThat(series.observations()).hasSize(1);
        assertThat(fetch("GDP")).isEqualTo(series);
        assertThat(asked).containsExactly("GDP values", "GDP description", "GDP values");
        nanos.addAndGet(Duration.ofHours(25).toNanos());
        assertThat(fetch("GDP")).isEqualTo(series);
        assertThat(asked).endsWith("GDP values", "GDP description");
    }

    @Test
    void values_come_without_a_description_that_fails_and_it_is_asked_for_again_later() {
        failure = new Failure.Faulty(ID, "down");
        assertThat(answer("GDP", TestCalls.patient()).provenance().flags())
                .allMatch(QualityFlag::isNotDescribed)
                .hasSize(1);
        failure = null;
        assertThat(fetch("GDP").unit()).isNull();
        assertThat(asked).containsExactly("GDP values", "GDP description", "GDP values");
        nanos.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(fetch("GDP").unit()).isEqualTo("Billions of Dollars");
    }

    @Test
    void a_failure_that_is_not_the_provider_s_is_forgotten() {
        for (Failure one : List.of(
                new Failure.DeadlinePassed("late"),
                new Failure.RateLimited("minute", "full", Duration.ofSeconds(9)),
                new Failure.BudgetExhausted("day", "spent", Duration.ofHours(9)))) {
            failure = one;
            assertThat(fetch("GDP").unit()).isNull();
        }
        failure = new Failure.TimedOut(ID, "slow");
        assertThat(answer("GDP", TestCalls.within(Duration.ofMillis(500)))
                        .provenance()
                        .flags())
                .hasSize(1);
        failure = null;
        assertThat(fetch("GDP").unit()).isEqualTo("Billions of Dollars");
        nanos.addAndGet(Duration.ofHours(25).toNanos());
        failure = new Failure.Faulty(ID, "down");
        assertThat(fetch("GDP").unit()).as("the earlier one").isEqualTo("Billions of Dollars");
    }

    @Test
    void callers_at_the_same_time_ask_once() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> tasks = Collections.nCopies(
                    8, () -> Optional.ofNullable(fetch("GDP").unit()).orElse(""));
            for (var unit : callers.invokeAll(tasks)) {
                assertThat(unit.get()).isEqualTo("Billions of Dollars");
            }
        }
        assertThat(asked.stream().filter("GDP description"::equals)).hasSize(1);
    }

    @Test
    void nothing_is_asked_about_values_with_a_unit_or_of_an_instrument() {
        fetch("dividends:AAPL");
        unit = "USD";
        assertThat(fetch("GDP").title()).isEqualTo("GDP");
        assertThat(asked).containsExactly("dividends:AAPL values", "GDP values");
    }
}
