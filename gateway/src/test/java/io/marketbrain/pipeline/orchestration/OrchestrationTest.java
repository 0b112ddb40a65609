package io.marketbrain.pipeline.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.marketbrain.concurrent.FailureLog;
import io.marketbrain.model.Attempt;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.Route.When;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

class OrchestrationTest {
    private static final ProviderId A = new ProviderId("a");
    private static final ProviderId B = new ProviderId("b");
    private static final Failure A_DOWN = new Failure.Unreachable(A, "a is down");
    private static final Failure A_REJECTS = new Failure.CredentialsRejected(A, "a rejects the key");

    private final AtomicLong now = new AtomicLong();
    private final List<String> asked = new ArrayList<>();

    private Call call(boolean mockWhenDown) {
        return new Call(
                new CallId("t"),
                Caller.LOCAL,
                Priority.HIGH,
                Deadline.in(Duration.ofSeconds(10), now::get),
                mockWhenDown);
    }

    private static MarketQuery query(ProviderId provider) {
        return new MarketQuery.QuoteQuery(provider, Instrument.crypto("BTC", "USD"), null);
    }

    private Route route(ProviderId provider, Mode mode, When when, Outcome<QueryResult> outcome) {
        return new Route(provider, mode, when, mode == Mode.MOCK ? "made up" : null, (query, call) -> {
            assertThat(query.provider())
                    .as("the query is addressed to the provider")
                    .isEqualTo(provider);
            asked.add(provider + " " + mode.wire());
            return outcome;
        });
    }

    private Route live(ProviderId provider, Outcome<QueryResult> outcome) {
        return route(provider, Mode.LIVE, When.ALWAYS, outcome);
    }

    private Route standIn(ProviderId provider) {
        return route(provider, Mode.MOCK, When.STAND_IN, answer(provider, Mode.MOCK));
    }

    private static Outcome<QueryResult> answer(ProviderId provider, Mode mode) {
        return Outcome.success(new QueryResult(
                new MarketData.NewsItems(List.of(), null),
                new Provenance(provider, mode, null, Instant.EPOCH, Freshness.FRESH, List.of(), List.of())));
    }

    private Orchestrator over(Route... routes) {
        return new Orchestrator(query -> Outcome.success(List.of(routes)), OrchestrationConfig.defaults(), now::get);
    }

    private static Failure failure(Outcome<QueryResult> outcome) {
        return ((Outcome.Failed<QueryResult>) outcome).failure();
    }

    @Test
    void tries_the_next_live_provider_when_one_is_down_and_reports_the_attempts() {
        Outcome<QueryResult> outcome = over(live(A, Outcome.failed(A_DOWN)), live(B, answer(B, Mode.LIVE)), standIn(A))
                .fetch(query(ProviderId.AUTO), call(false));
        assertThat(asked).containsExactly("a live", "b live");
        assertThat(((Outcome.Success<QueryResult>) outcome).value().provenance())
                .satisfies(p -> assertThat(p.mockReason()).isNull())
                .satisfies(p -> assertThat(p.provider()).isEqualTo(B))
                .satisfies(p -> assertThat(p.attempts())
                        .extracting(Attempt::provider, Attempt::outcome)
                        .containsExactly(
                                org.assertj.core.groups.Tuple.tuple(A, "upstream-unreachable"),
                                org.assertj.core.groups.Tuple.tuple(B, "ok")));
    }

    @Test
    void tries_the_next_provider_when_one_lacks_the_instrument_or_quota() {
        over(
                        live(A, Outcome.failed(new Failure.UnknownInstrument(A, "BTC/USD"))),
                        live(B, Outcome.failed(new Failure.RateLimited("quota:b", "used up", Duration.ofSeconds(1)))),
                        live(A, answer(A, Mode.LIVE)))
                .fetch(query(ProviderId.AUTO), call(false));
        assertThat(asked).hasSize(3);
    }

    @Test
    void never_returns_mock_data_for_live_providers_that_are_down_unless_the_caller_accepts_it() {
        Route[] routes = {
            live(A, Outcome.failed(A_DOWN)),
            live(B, Outcome.failed(new Failure.Faulty(B, "b fails"))),
            standIn(A),
            standIn(B)
        };
        assertThat(failure(over(routes).fetch(query(ProviderId.AUTO), call(false))))
                .isInstanceOfSatisfying(Failure.NoProviderAnswered.class, none -> {
                    assertThat(none.attempts()).hasSize(2);
                    assertThat(none.last().message()).isEqualTo("b fails");
                });
        assertThat(asked).containsExactly("a live", "b live");

        asked.clear();
        Outcome<QueryResult> opted = over(routes).fetch(query(ProviderId.AUTO), call(true));
        assertThat(((Outcome.Success<QueryResult>) opted).value().provenance().mockReason())
                .isEqualTo("b fails");
    }

    @Test
    void rejected_credentials_of_one_provider_do_not_permit_mock_data_for_another_that_is_down() {
        Outcome<QueryResult> outcome = over(
                        live(A, Outcome.failed(A_REJECTS)),
                        live(B, Outcome.failed(new Failure.Unreachable(B, "b is down"))),
                        standIn(A),
                        standIn(B))
                .fetch(query(ProviderId.AUTO), call(false));
        assertThat(failure(outcome)).isInstanceOf(Failure.NoProviderAnswered.class);
        assertThat(asked).containsExactly("a live", "a live", "b live");
    }

    @Test
    void returns_mock_data_for_a_provider_that_rejects_its_credentials_and_tries_it_again_later() {
        Orchestrator orchestration = over(live(A, Outcome.failed(A_REJECTS)), standIn(A));
        Outcome<QueryResult> first = orchestration.fetch(query(A), call(false));
        assertThat(((Outcome.Success<QueryResult>) first).value().provenance().mockReason())
                .isEqualTo("a rejects the key");
        orchestration.fetch(query(A), call(false));
        assertThat(asked).containsExactly("a live", "a live", "a mock", "a mock");
        now.addAndGet(Duration.ofMinutes(6).toNanos());
        orchestration.fetch(query(A), call(false));
        assertThat(asked).endsWith("a live", "a mock");
    }

    @Test
    void a_rejection_that_a_second_call_does_not_confirm_is_never_replaced_by_mock_data() {
        var outcomes = new ArrayDeque<Outcome<QueryResult>>(
                List.of(Outcome.failed(A_REJECTS), Outcome.failed(new Failure.Blocked(A, "a blocks"))));
        Route flaky = new Route(A, Mode.LIVE, When.ALWAYS, null, (_, _) -> outcomes.remove());
        assertThat(failure(over(flaky, standIn(A)).fetch(query(A), call(false))))
                .isInstanceOf(Failure.Blocked.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void mock_data_that_only_the_caller_can_allow_never_replaces_a_provider_that_rejects_its_credentials() {
        Route onRequest = route(A, Mode.MOCK, When.ON_REQUEST, answer(A, Mode.MOCK));
        Orchestrator orchestration = over(live(A, Outcome.failed(A_REJECTS)), onRequest);
        for (int i = 0; i < 2; i++) {
            assertThat(failure(orchestration.fetch(query(A), call(false))))
                    .isInstanceOf(Failure.CredentialsRejected.class);
        }
        assertThat(asked).containsExactly("a live", "a live");
        Outcome<QueryResult> accepted = orchestration.fetch(query(A), call(true));
        assertThat(((Outcome.Success<QueryResult>) accepted)
                        .value()
                        .provenance()
                        .mockReason())
                .contains("credentials");
        assertThat(orchestration.state()).isEqualTo("standing-in");
    }

    @Test
    void each_stand_in_is_logged_with_its_reason_at_a_bounded_rate() {
        var logger = (Logger) LoggerFactory.getLogger(Orchestrator.class.getName());
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        Level before = logger.getLevel();
        logger.setLevel(Level.WARN);
        logger.addAppender(lines);
        try {
            Orchestrator orchestration = over(live(A, Outcome.failed(A_REJECTS)), standIn(A));
            orchestration.fetch(query(A), call(false));
            assertThat(lines.list)
                    .extracting(ILoggingEvent::toString)
                    .containsExactly("[WARN] mock data stands in for a: a rejects the key");
            orchestration.fetch(query(A), call(false));
            assertThat(lines.list).hasSize(1);
            now.addAndGet(FailureLog.INTERVAL.toNanos());
            orchestration.fetch(query(A), call(false));
            assertThat(lines.list.getLast().getFormattedMessage())
                    .startsWith("mock data stands in for a: a ")
                    .endsWith(" (1 more were not logged)");
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(before);
        }
    }

    @Test
    void mock_data_never_replaces_anything_for_a_caller_that_declines_it() {
        Call declining = new Call(
                new CallId("t"),
                Caller.LOCAL,
                Priority.HIGH,
                Deadline.in(Duration.ofSeconds(10), now::get),
                Call.MockChoice.DECLINED);
        Orchestrator orchestration = over(live(A, Outcome.failed(A_REJECTS)), standIn(A));
        assertThat(failure(orchestration.fetch(query(A), declining))).isEqualTo(A_REJECTS);
        assertThat(failure(orchestration.fetch(query(A), declining))).isInstanceOf(Failure.CredentialsRejected.class);

        Route notLive = route(B, Mode.MOCK, When.UNLESS_DECLINED, answer(B, Mode.MOCK));
        assertThat(failure(over(notLive).fetch(query(B), declining))).isInstanceOf(Failure.Unsupported.class);
        assertThat(asked).doesNotContain("a mock", "b mock");
        assertThat(orchestration.counters()).containsEntry("stand_ins", 0L);

        assertThat(over(notLive).fetch(query(B), call(false))).isInstanceOf(Outcome.Success.class);
        Route asked = route(B, Mode.MOCK, When.ALWAYS, answer(B, Mode.MOCK));
        assertThat(over(asked).fetch(query(B), declining)).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void reports_a_provider_that_is_down_rather_than_an_unsupported_query() {
        Outcome<QueryResult> outcome = over(
                        live(A, Outcome.failed(A_DOWN)),
                        live(B, Outcome.failed(new Failure.UnknownInstrument(B, "BTC/USD"))))
                .fetch(query(ProviderId.AUTO), call(false));
        assertThat(failure(outcome))
                .isInstanceOfSatisfying(
                        Failure.NoProviderAnswered.class,
                        none -> assertThat(none.last()).isEqualTo(A_DOWN));
    }

    @Test
    void hedges_only_the_configured_share_of_requests() {
        var config = new OrchestrationConfig(Duration.ofMinutes(5), Optional.of(Duration.ofMillis(1)), 10);
        Route slow = new Route(A, Mode.LIVE, When.ALWAYS, null, (query, call) -> {
            try {
                Thread.sleep(50);
            } catch (InterruptedException outrun) {
                Thread.currentThread().interrupt();
            }
            return answer(A, Mode.LIVE);
        });
        Route quick = new Route(B, Mode.LIVE, When.ALWAYS, null, (query, call) -> answer(B, Mode.LIVE));
        var orchestration = new Orchestrator(query -> Outcome.success(List.of(slow, quick)), config, now::get);
        for (int i = 0; i < 30; i++) {
            assertThat(orchestration.fetch(query(ProviderId.AUTO), call(false))).isInstanceOf(Outcome.Success.class);
        }
        assertThat(orchestration.counters().get("hedges"))
                .as("ten accumulated, and a tenth of thirty requests")
                .isEqualTo(12);
        assertThat(orchestration.counters().get("hedges_spared")).isEqualTo(18);
    }

    @Test
    void uses_the_result_of_the_slow_provider_if_the_second_one_fails() {
        var config = new OrchestrationConfig(Duration.ofMinutes(5), Optional.of(Duration.ofMillis(1)), 10);
        var secondAsked = new CountDownLatch(1);
        Route slow = new Route(A, Mode.LIVE, When.ALWAYS, null, (query, call) -> {
            try {
                secondAsked.await();
                Thread.sleep(20);
            } catch (InterruptedException outrun) {
                throw new AssertionError(outrun);
            }
            return answer(A, Mode.LIVE);
        });
        Route broken = new Route(B, Mode.LIVE, When.ALWAYS, null, (query, call) -> {
            secondAsked.countDown();
            return Outcome.failed(new Failure.Faulty(B, "b fails"));
        });
        Outcome<QueryResult> outcome = new Orchestrator(
                        query -> Outcome.success(List.of(slow, broken)), config, now::get)
                .fetch(query(ProviderId.AUTO), call(false));
        assertThat(((Outcome.Success<QueryResult>) outcome).value().provenance().attempts())
                .extracting(Attempt::provider, Attempt::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(B, "upstream-faulty"),
                        org.assertj.core.groups.Tuple.tuple(A, "ok"));
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void an_error_in_a_hedged_attempt_is_a_failure_of_that_attempt() {
        var config = new OrchestrationConfig(Duration.ofMinutes(5), Optional.of(Duration.ofMinutes(1)), 10);
        Route broken = new Route(A, Mode.LIVE, When.ALWAYS, null, (query, call) -> {
            throw new StackOverflowError();
        });
        Route second = live(B, Outcome.failed(new Failure.Faulty(B, "b fails")));
        var orchestration = new Orchestrator(query -> Outcome.success(List.of(broken, second)), config, now::get);
        for (int i = 0; i < 3; i++) {
            Failure failure = failure(orchestration.fetch(query(ProviderId.AUTO), call(false)));
            assertThat(failure.code()).isIn("internal", "no-provider-answered");
            if (failure instanceof Failure.NoProviderAnswered none) {
                assertThat(none.attempts()).extracting(Attempt::outcome).contains("internal");
            }
        }
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_hedged_request_ends_at_its_deadline_if_no_source_returns() {
        var config = new OrchestrationConfig(Duration.ofMinutes(5), Optional.of(Duration.ofMillis(1)), 10);
        var never = new CountDownLatch(1);
        MarketDataSource stuck = (query, call) -> {
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException ignored) {
                    // This source does not even react to being cancelled.
                }
            }
            return answer(A, Mode.LIVE);
        };
        Route a = new Route(A, Mode.LIVE, When.ALWAYS, null, stuck);
        Route b = new Route(B, Mode.LIVE, When.ALWAYS, null, stuck);
        Call call = new Call(
                new CallId("t"),
                Caller.LOCAL,
                Priority.HIGH,
                Deadline.in(Duration.ofMillis(30), System::nanoTime),
                false);
        Outcome<QueryResult> outcome = new Orchestrator(query -> Outcome.success(List.of(a, b)), config, now::get)
                .fetch(query(ProviderId.AUTO), call);
        never.countDown();
        assertThat(failure(outcome))
                .isInstanceOfSatisfying(
                        Failure.NoProviderAnswered.class,
                        none -> assertThat(none.last()).isInstanceOf(Failure.DeadlinePassed.class));
    }

    @Test
    void does_not_try_another_provider_for_an_invalid_query() {
        Failure wrong = new Failure.InvalidQuery("depth", "0", "more");
        assertThat(failure(over(live(A, Outcome.failed(wrong)), live(B, answer(B, Mode.LIVE)))
                        .fetch(query(ProviderId.AUTO), call(false))))
                .isEqualTo(wrong);
        assertThat(asked).containsExactly("a live");
    }
}
