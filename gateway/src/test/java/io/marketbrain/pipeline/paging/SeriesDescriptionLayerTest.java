package io.marketbrain.pipeline.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.SeriesDetails;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.provider.TestCalls;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Descriptions of series: when they are asked for, how long they are kept, and that values do not depend on them. */
class SeriesDescriptionLayerTest {
    private static final ProviderId ID = new ProviderId("fred");
    private static final SeriesDetails DETAILS =
            new SeriesDetails(null, "Quarterly", "Seasonally Adjusted Annual Rate");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean isDown = new AtomicBoolean();
    private final List<String> asked = new ArrayList<>();
    private @Nullable String unit;

    private final MarketDataSource source = new SeriesDescriptionLayer(nanos::get).around((query, _) -> {
        var series = (SeriesQuery) query;
        asked.add(series.id() + " " + series.limit());
        if (!series.isDescription()) {
            var value = new Observation(Instant.EPOCH, BigDecimal.ONE);
            return result(new Series(series.id(), series.id(), unit, List.of(value), Instant.EPOCH));
        }
        return isDown.get()
                ? Outcome.failed(new Failure.Faulty(ID, "down"))
                : result(new Series(
                        series.id(), "Gross Domestic Product", "Billions of Dollars", DETAILS, null, List.of(), null));
    });

    private static Outcome<QueryResult> result(Series series) {
        return Outcome.success(new QueryResult(
                series, new Provenance(ID, Mode.LIVE, null, Instant.EPOCH, Freshness.FRESH, List.of(), List.of())));
    }

    private Series fetch(String id) {
        Outcome<QueryResult> outcome = source.fetch(new SeriesQuery(ID, id, null, null, 10), TestCalls.patient());
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        return (Series) ((Outcome.Success<QueryResult>) outcome).value().data();
    }

    @Test
    void values_have_the_description_which_is_asked_for_once_a_day() {
        Series series = fetch("GDP");
        assertThat(series.title()).isEqualTo("Gross Domestic Product");
        assertThat(series.unit()).isEqualTo("Billions of Dollars");
        assertThat(series.details()).isEqualTo(DETAILS);
        assertThat(series.observations()).hasSize(1);
        assertThat(fetch("GDP")).isEqualTo(series);
        assertThat(asked).containsExactly("GDP 10", "GDP 0", "GDP 10");
        nanos.addAndGet(Duration.ofHours(25).toNanos());
        assertThat(fetch("GDP")).isEqualTo(series);
        assertThat(asked).endsWith("GDP 10", "GDP 0");
    }

    @Test
    void values_come_without_a_description_that_fails_and_it_is_asked_for_again_later() {
        isDown.set(true);
        assertThat(fetch("GDP").unit()).isNull();
        isDown.set(false);
        assertThat(fetch("GDP").unit()).isNull();
        assertThat(asked).containsExactly("GDP 10", "GDP 0", "GDP 10");
        nanos.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(fetch("GDP").unit()).isEqualTo("Billions of Dollars");
    }

    @Test
    void nothing_is_asked_about_values_with_a_unit_or_of_an_instrument() {
        fetch("dividends:AAPL");
        unit = "USD";
        assertThat(fetch("GDP").title()).isEqualTo("GDP");
        assertThat(asked).containsExactly("dividends:AAPL 10", "GDP 10");
    }
}
