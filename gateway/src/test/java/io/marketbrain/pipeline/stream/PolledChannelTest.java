package io.marketbrain.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.Call;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolledChannelTest {
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final ProviderId FRED = new ProviderId("fred");
    private static final Instrument BTC = Instrument.crypto("BTC", "USDT");
    private static final Listing LISTING = new Listing(BTC, "BTCUSDT", "Somewhere", "UTC", "USDT");

    private static final PollTerms TERMS = new PollTerms() {
        @Override
        public FeedTransport transport() {
            return FeedTransport.POLL;
        }

        @Override
        public Duration period(Channel channel, int polled) {
            return Duration.ofSeconds(2);
        }
    };

    private static final PollTerms PATIENT = new PollTerms() {
        @Override
        public FeedTransport transport() {
            return FeedTransport.SIMULATED;
        }

        @Override
        public Duration period(Channel channel, int polled) {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration pause(Channel channel, int polled, int unchanged) {
            return Duration.ofSeconds(Math.min(2L << unchanged, 7));
        }
    };

    private final List<String> events = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private Outcome<QueryResult> next = quote(1);

    private final PolledChannel polling = polling(TERMS);

    private PolledChannel polling(PollTerms terms) {
        return new PolledChannel(
                (query, call) -> {
                    calls.add(call);
                    return next;
                },
                new Channel(FRED, BTC, new StreamKind.Quotes()),
                terms,
                () -> 1,
                event -> events.add(shown(event)),
                () -> 0,
                () -> NOON);
    }

    private static Outcome<QueryResult> quote(long price) {
        return Outcome.success(new QueryResult(
                new Quote(
                        LISTING, BigDecimal.valueOf(price), null, null, null, null, null, null, null, null, null, NOON),
                new Provenance(FRED, Mode.LIVE, null, NOON, Freshness.FRESH, List.of(), List.of())));
    }

    private static String shown(StreamEvent event) {
        return switch (event) {
            case StreamEvent.Snapshot(var data, var _, var _) -> "snapshot " + ((Quote) data).price();
            case StreamEvent.Update(var data, var _, var _) -> "update " + ((Quote) data).price();
            case StreamEvent.Status status -> status.state() + " " + status.transport();
            case StreamEvent.Failed failed -> failed.failure().code();
            case StreamEvent.Gap _ -> "gap";
        };
    }

    @Test
    void what_has_changed_is_sent_at_low_priority_and_paid_by_the_gateway() {
        assertThat(polling.round()).isEqualTo(Duration.ofSeconds(2));
        polling.round();
        next = quote(2);
        polling.round();
        assertThat(events).containsExactly("UP POLL", "snapshot 1", "update 2");
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.priority()).isEqualTo(Priority.LOW);
            assertThat(call.caller()).isEqualTo(Caller.GATEWAY);
            assertThat(call.cache().maxAge()).isEqualTo(Duration.ofSeconds(1));
        });
    }

    @Test
    void a_failure_is_told_once_and_makes_the_polls_rarer_until_it_is_over() {
        polling.round();
        next = Outcome.failed(new Failure.Unreachable(FRED, "no connection"));
        assertThat(polling.round()).isEqualTo(Duration.ofSeconds(4));
        assertThat(polling.round()).isEqualTo(Duration.ofSeconds(8));
        next = Outcome.failed(new Failure.RateLimited("quota", "used up", Duration.ofMinutes(1)));
        assertThat(polling.round()).isEqualTo(Duration.ofMinutes(1));
        next = quote(1);
        assertThat(polling.round()).isEqualTo(Duration.ofSeconds(2));
        assertThat(events)
                .containsExactly(
                        "UP POLL", "snapshot 1", "upstream-unreachable", "DOWN POLL", "rate-limited", "UP POLL");
    }

    @Test
    void while_nothing_changes_the_polls_become_rarer_as_the_terms_say() {
        PolledChannel patient = polling(PATIENT);
        assertThat(patient.round()).isEqualTo(Duration.ofSeconds(2));
        assertThat(patient.round()).isEqualTo(Duration.ofSeconds(4));
        assertThat(patient.round()).isEqualTo(Duration.ofSeconds(7));
        assertThat(patient.round()).isEqualTo(Duration.ofSeconds(7));
        next = quote(2);
        assertThat(patient.round()).isEqualTo(Duration.ofSeconds(2));
        assertThat(patient.round()).isEqualTo(Duration.ofSeconds(4));
        assertThat(events).containsExactly("UP SIMULATED", "snapshot 1", "update 2");
    }

    @Test
    void what_the_provider_does_not_have_is_not_requested_again() {
        next = Outcome.failed(new Failure.UnknownInstrument(FRED, "BTCUSDT"));
        assertThat(polling.round()).isEqualTo(BackgroundLoop.END);
        assertThat(events).containsExactly("unknown-instrument", "DOWN POLL");
    }
}
