package io.marketbrain.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.TestCalls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressExchangeTest {
    private static final ProviderId PROVIDER = new ProviderId("kucoin");
    private static final ProviderRequest REQUEST = ProviderRequest.get("/where");
    private static final Call CALL = TestCalls.within(Duration.ofSeconds(5));

    private final List<MarketQuery> counted = new ArrayList<>();
    private final List<ProviderRequest> sent = new ArrayList<>();
    private Optional<Failure> refusal = Optional.empty();
    private int status = 200;

    /** Counts what passes and refuses it if the test says so. */
    private final Layer limit = new Layer() {
        @Override
        public String name() {
            return "limit";
        }

        @Override
        public MarketDataSource around(MarketDataSource next) {
            return (query, call) -> {
                counted.add(query);
                return refusal.isPresent() ? Outcome.failed(refusal.get()) : next.fetch(query, call);
            };
        }
    };

    private final AddressExchange exchange = new AddressExchange(
            PROVIDER,
            (request, _) -> {
                sent.add(request);
                return Outcome.success(
                        new RawPayload(status, Map.of(), "there".getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
            },
            limit);

    @Test
    void a_request_counts_as_one_for_the_list_of_symbols_and_returns_the_body() {
        Outcome<byte[]> outcome = exchange.send(REQUEST, CALL);
        assertThat(
                        outcome instanceof Outcome.Success<byte[]>(byte[] body)
                                ? new String(body, StandardCharsets.UTF_8)
                                : outcome.toString())
                .isEqualTo("there");
        assertThat(counted).containsExactly(new MarketQuery.SymbolsQuery(PROVIDER));
        assertThat(sent).containsExactly(REQUEST);
    }

    @Test
    void a_request_beyond_the_limits_is_not_sent() {
        refusal = Optional.of(new Failure.Unreachable(PROVIDER, "waiting"));
        assertThat(exchange.send(REQUEST, CALL)).isEqualTo(Outcome.failed(refusal.get()));
        assertThat(sent).isEmpty();
    }

    @Test
    void a_refusal_of_the_provider_is_a_failure() {
        status = 429;
        assertThat(exchange.send(REQUEST, CALL) instanceof Outcome.Failed<byte[]>(Failure failure)
                        && failure instanceof Failure.Throttled)
                .isTrue();
    }
}
