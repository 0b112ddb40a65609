package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.BINANCE;
import static io.marketbrain.pipeline.cache.CacheSamples.call;
import static io.marketbrain.pipeline.cache.CacheSamples.pair;
import static io.marketbrain.pipeline.cache.CacheSamples.quote;
import static io.marketbrain.pipeline.cache.GatewayCache.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Call;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.model.ProviderMode;
import io.marketbrain.pipeline.FoundSymbols;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.SymbolSearch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CacheWarmingTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TestProvider provider = new TestProvider();
    private final List<CacheWarming> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(CacheWarming::close);
    }

    private CacheWarming warming(List<String> symbols, Duration every, int atOnce, int most) {
        var config = new WarmingConfig(symbols, every, atOnce, most);
        var warming = new CacheWarming(config, provider, new Symbols(), System::nanoTime, new Random(1));
        started.add(warming);
        return warming;
    }

    /** A catalogue in which Binance lists every pair except NOPE. */
    private static class Symbols implements ProviderCatalog {
        @Override
        public Outcome<Instrument> resolve(ProviderId provider, String symbol) {
            return symbol.equals("NOPE")
                    ? Outcome.failed(new Failure.UnknownInstrument(provider, symbol))
                    : Outcome.success(pair(symbol));
        }

        @Override
        public boolean isKnownPair(Instrument pair) {
            return true;
        }

        @Override
        public Outcome<FoundSymbols> search(SymbolSearch search) {
            return Outcome.success(new FoundSymbols(List.of(), false, List.of(), List.of()));
        }

        @Override
        public List<ProviderMode> modes() {
            return List.of();
        }

        @Override
        public List<ProviderInfo> providers() {
            return List.of();
        }

        @Override
        public Outcome<ProviderInfo> provider(String id) {
            return Outcome.failed(new Failure.UnknownProvider(id, List.of()));
        }
    }

    @Test
    void an_error_in_a_query_or_a_round_does_not_end_warming() {
        var broken = new AtomicInteger();
        var config = new WarmingConfig(List.of("binance:BTC"), Duration.ofMillis(5), 1, 1);
        var catalogue = new Symbols() {
            @Override
            public Outcome<Instrument> resolve(ProviderId provider, String symbol) {
                if (broken.incrementAndGet() == 3) {
                    throw new StackOverflowError();
                }
                return super.resolve(provider, symbol);
            }
        };
        MarketDataSource source = (query, call) -> {
            if (broken.incrementAndGet() < 3) {
                throw new NoClassDefFoundError();
            }
            return provider.fetch(query, call);
        };
        started.add(new CacheWarming(config, source, catalogue, System::nanoTime, new Random(1)));
        eventually("later rounds", SOON, () -> provider.calls(quote("BTC")) >= 3);
    }

    @Test
    void the_configured_symbols_are_queried_in_rounds_at_low_priority() {
        warming(List.of("binance:BTC", "binance:ETH"), Duration.ofMillis(50), 2, 1000);
        eventually("three rounds", SOON, () -> provider.calls(quote("BTC")) >= 3 && provider.calls(quote("ETH")) >= 3);
        assertThat(provider.queries).containsOnly(quote("BTC"), quote("ETH"));
        assertThat(provider.by).allSatisfy(call -> {
            assertThat(call.priority()).isEqualTo(Priority.LOW);
            assertThat(call.caller()).isEqualTo(Caller.GATEWAY);
        });
    }

    @Test
    void a_symbol_that_cannot_be_resolved_does_not_stop_the_others() {
        warming(List.of("binance:NOPE", "no provider!:BTC", "binance:ETH"), Duration.ofMillis(50), 1, 1000);
        eventually("queried", SOON, () -> provider.calls(quote("ETH")) >= 2);
        assertThat(provider.queries).containsOnly(quote("ETH"));
    }

    @Test
    void a_failing_provider_does_not_end_the_rounds() {
        provider.fail(new Failure.Faulty(BINANCE, "broken"));
        warming(List.of("binance:BTC"), Duration.ofMillis(50), 1, 1000);
        eventually("queried again", SOON, () -> provider.calls(quote("BTC")) >= 3);
    }

    @Test
    void pauses_between_rounds_vary_by_up_to_a_tenth() {
        var warming = warming(List.of(), Duration.ofMinutes(10), 1, 1000);
        List<Duration> pauses =
                IntStream.range(0, 1000).mapToObj(_ -> warming.pause()).toList();
        assertThat(pauses)
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11)));
        assertThat(pauses).anyMatch(pause -> pause.compareTo(Duration.ofSeconds(560)) < 0);
        assertThat(pauses).anyMatch(pause -> pause.compareTo(Duration.ofSeconds(640)) > 0);
    }

    @Test
    void nothing_is_queried_if_nothing_is_configured() {
        var warming = warming(List.of(), Duration.ofMillis(1), 1, 1000);
        assertThat(warming.queriesSent()).isZero();
    }

    @Test
    void concurrent_and_waiting_queries_are_limited() {
        var warming = warming(List.of(), Duration.ofMinutes(10), 2, 5);
        CountDownLatch gate = provider.hold();
        var queries = List.of(quote("A"), quote("B"), quote("C"), quote("D"), quote("E"));
        assertThat(warming.warm(queries, call())).isEqualTo(Outcome.success(5));
        eventually("two in progress", SOON, () -> provider.calls.get() == 2);
        assertThat(warming.warm(List.of(quote("F")), call())).isInstanceOf(Outcome.Failed.class);
        gate.countDown();
        eventually("all queried", SOON, () -> provider.calls.get() == 5);
        eventually(
                "room again",
                SOON,
                () -> warming.warm(List.of(quote("F")), call()) instanceof Outcome.Success<Integer>);
        assertThat(provider.by).extracting(Call::priority).containsOnly(Priority.LOW);
    }

    @Test
    void nothing_is_queried_after_close() {
        var warming = warming(List.of(), Duration.ofMinutes(10), 1, 5);
        warming.close();
        assertThat(warming.warm(List.of(quote("A")), call())).isInstanceOf(Outcome.Failed.class);
    }
}
