package io.marketbrain.pipeline.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Attempt;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.BackgroundAdmission;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.ShadowReport;
import io.marketbrain.provider.TestCalls;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which quotes are shadowed, and that no request waits for it. */
class ShadowLayerTest {
    private static final ProviderId A = new ProviderId("aaa");
    private static final ProviderId B = new ProviderId("bbb");
    private static final Instrument BTC = Instrument.crypto("BTC", "USD");
    private static final QuoteQuery QUERY = new QuoteQuery(A, BTC, null);
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    private final LinkedBlockingQueue<Call> asked = new LinkedBlockingQueue<>();
    private final MarketDataSource other = (_, call) -> {
        asked.add(call);
        return quote(B, Mode.LIVE, "101");
    };

    private static Outcome<QueryResult> quote(ProviderId provider, Mode mode, String price) {
        var listing = new Listing(BTC, "BTCUSD", "Exchange", "UTC", "USD");
        var quote =
                new Quote(listing, new BigDecimal(price), null, null, null, null, null, null, null, null, null, null);
        return Outcome.success(new QueryResult(
                quote, new Provenance(provider, mode, null, NOW, Freshness.FRESH, List.of(), List.of())));
    }

    private ShadowLayer layer(int percent, BackgroundAdmission admission) {
        Route first = new Route(A, Mode.LIVE, Route.When.ALWAYS, null, (_, _) -> quote(A, Mode.LIVE, "100"));
        Route mock = new Route(B, Mode.MOCK, Route.When.ALWAYS, "mock", (_, _) -> quote(B, Mode.MOCK, "1"));
        Route second = new Route(B, Mode.LIVE, Route.When.ALWAYS, null, other);
        var config = new ShadowConfig(BigDecimal.valueOf(percent), Duration.ofSeconds(5), 1);
        return new ShadowLayer(
                config, _ -> Outcome.success(List.of(first, mock, second)), admission, System::nanoTime, new Random(1));
    }

    @Test
    void another_live_provider_is_asked_with_low_priority() throws Exception {
        ShadowLayer layer = layer(100, BackgroundAdmission.OPEN);
        var outcome = layer.around((_, _) -> quote(A, Mode.LIVE, "100")).fetch(QUERY, TestCalls.patient());
        assertThat(outcome).isEqualTo(quote(A, Mode.LIVE, "100"));
        Call call = asked.poll(10, TimeUnit.SECONDS);
        assertThat(call).isNotNull();
        assertThat(call.priority()).isEqualTo(Priority.LOW);
        assertThat(call.mockWhenDown()).isFalse();
    }

    @Test
    void mock_data_failures_and_refused_background_work_are_not_shadowed() {
        var failure = Outcome.<QueryResult>failed(new Failure.Unreachable(A, "down"));
        ShadowLayer open = layer(100, BackgroundAdmission.OPEN);
        open.around((_, _) -> quote(A, Mode.MOCK, "100")).fetch(QUERY, TestCalls.patient());
        open.around((_, _) -> failure).fetch(QUERY, TestCalls.patient());
        assertThat(open.counters()).containsEntry("shadowed", 0L).containsEntry("not_admitted", 0L);
        ShadowLayer busy = layer(100, Optional::empty);
        busy.around((_, _) -> quote(A, Mode.LIVE, "100")).fetch(QUERY, TestCalls.patient());
        assertThat(busy.counters()).containsEntry("not_admitted", 1L);
        assertThat(asked).isEmpty();
    }

    @Test
    void failures_of_the_first_provider_count_for_its_availability() {
        ShadowLayer layer = layer(100, BackgroundAdmission.OPEN);
        Failure down = new Failure.Unreachable(A, "down");
        layer.around((_, _) -> Outcome.failed(down)).fetch(QUERY, TestCalls.patient());
        ShadowReport pair = layer.reports().getFirst();
        assertThat(pair.primary()).isEqualTo(A);
        assertThat(pair.other()).isEqualTo(B);
        assertThat(pair.primaryFailures()).containsOnly(Map.entry(down.code(), 1L));
        assertThat(pair.primaryAvailability()).isZero();
        assertThat(asked).as("nothing is compared").isEmpty();
    }

    @Test
    void a_provider_that_another_one_replaced_counts_as_failed() {
        ShadowLayer layer = layer(100, BackgroundAdmission.OPEN);
        var failed = new Attempt(A, Mode.LIVE, "upstream-unreachable", "down", Duration.ZERO);
        var unknown = new Attempt(new ProviderId("ccc"), Mode.LIVE, "unknown-instrument", "none", Duration.ZERO);
        var answer = ((Outcome.Success<QueryResult>) quote(B, Mode.LIVE, "100")).value();
        var provenance = new Provenance(B, Mode.LIVE, null, NOW, Freshness.FRESH, List.of(), List.of(failed, unknown));
        layer.around((_, _) -> Outcome.success(answer.with(provenance))).fetch(QUERY, TestCalls.patient());
        assertThat(layer.reports().stream()
                        .filter(pair -> !pair.primaryFailures().isEmpty())
                        .map(pair -> pair.primary() + " " + pair.other()))
                .containsExactly("aaa bbb");
    }

    @Test
    void deviations_are_in_basis_points_of_the_served_price() {
        assertThat(PairStatistics.deviation(new BigDecimal("100"), new BigDecimal("101")))
                .isEqualTo(100.0);
        assertThat(PairStatistics.deviation(new BigDecimal("0.0000001"), new BigDecimal("0.0000001")))
                .isZero();
    }

    @Test
    void a_price_of_zero_is_not_compared() {
        ShadowLayer layer = layer(100, BackgroundAdmission.OPEN);
        layer.around((_, _) -> quote(A, Mode.LIVE, "0")).fetch(QUERY, TestCalls.patient());
        assertThat(layer.counters()).containsEntry("not_comparable", 1L).containsEntry("shadowed", 0L);
        assertThat(asked).isEmpty();
    }
}
