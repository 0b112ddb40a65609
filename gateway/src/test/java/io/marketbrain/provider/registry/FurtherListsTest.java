package io.marketbrain.provider.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.provider.SymbolListTerms;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lists of a provider besides its first one, and lists that a failure has cut. */
@Timeout(60)
class FurtherListsTest {
    private static final ProviderId ID = new ProviderId("binance");
    private static final String SWAPS = "swaps";
    private static final Instrument SPOT = Instrument.crypto("123", "USDT");
    private static final Instrument SWAP = new Instrument(SPOT.type(), "123", "USDT", "USDT", null);

    private final AtomicInteger ofFirst = new AtomicInteger();
    private final AtomicInteger ofSwaps = new AtomicInteger();
    private final AtomicLong time = new AtomicLong();

    private final MarketDataSource source = (query, _) -> {
        boolean isFirst = ((SymbolsQuery) query).list() == null;
        (isFirst ? ofFirst : ofSwaps).incrementAndGet();
        ListedSymbol listed = isFirst ? new ListedSymbol("123USDT", SPOT) : new ListedSymbol("123USDT_PERP", SWAP);
        return answer(new Symbols(List.of(listed)));
    };

    private static Outcome<QueryResult> answer(Symbols list) {
        return Outcome.success(new QueryResult(
                list, new Provenance(ID, Mode.LIVE, null, Instant.EPOCH, Freshness.FRESH, List.of(), List.of())));
    }

    private static SymbolListTerms terms(@Nullable String name, InstrumentType type, Duration minTtl) {
        return new SymbolListTerms(name, List.of(type), 1, minTtl);
    }

    private ListedSymbols symbols() {
        return new ListedSymbols(
                ID,
                DescriptorReader.builtIn("binance").symbols(),
                List.of(
                        terms(null, InstrumentType.SPOT, Duration.ZERO),
                        terms(SWAPS, InstrumentType.SWAP, Duration.ZERO)),
                source,
                SymbolListConfig.defaults(),
                SymbolListBudget.ofHeap(1L << 30),
                time::get);
    }

    private static void search(ListedSymbols symbols) {
        symbols.listsOf(null).forEach(SymbolListCache::findSoon);
    }

    @Test
    void only_searches_fetch_them_again() throws InterruptedException {
        ListedSymbols symbols = symbols();
        search(symbols);
        time.addAndGet(Duration.ofHours(7).toNanos());
        for (int i = 0; ofFirst.get() < 2; i++) {
            assertThat(symbols.parse("123USDT_PERP")).as("call %d", i).isEqualTo(Outcome.success(SWAP));
            assertThat(symbols.findFacts(SWAP)).isEmpty();
            Thread.sleep(2);
        }
        assertThat(ofSwaps).hasValue(1);
        search(symbols);
        while (ofSwaps.get() < 2) {
            Thread.sleep(2);
        }
    }

    @Test
    void a_code_alone_means_the_same_before_and_after_a_search() {
        ListedSymbols symbols = symbols();
        assertThat(symbols.parse("123")).isEqualTo(Outcome.success(SPOT));
        search(symbols);
        assertThat(symbols.parse("123")).isEqualTo(Outcome.success(SPOT));
    }

    @Test
    void a_list_that_a_failure_has_cut_says_so_and_is_not_kept_for_long() throws InterruptedException {
        var fetches = new AtomicInteger();
        var cache = new SymbolListCache(
                ID,
                terms(null, InstrumentType.SPOT, Duration.ofDays(30)),
                (_, _) -> {
                    boolean isCut = fetches.getAndIncrement() == 0;
                    return answer(new Symbols(
                            List.of(new ListedSymbol("123USDT", SPOT)),
                            0,
                            isCut ? "2" : null,
                            isCut ? "status 500" : null));
                },
                SymbolListConfig.defaults(),
                SymbolListBudget.ofHeap(1L << 30),
                time::get);
        assertThat(cache.findSoon()).isPresent().get().matches(SymbolTable::isCut);
        assertThat(cache.findProblem()).contains("status 500");
        time.addAndGet(Duration.ofHours(7).toNanos());
        while (cache.findNow().orElseThrow().isCut()) {
            Thread.sleep(2);
        }
        time.addAndGet(Duration.ofDays(29).toNanos());
        assertThat(cache.findNow()).isPresent();
        assertThat(cache.findSoon().orElseThrow().isCut()).isFalse();
        assertThat(fetches).as("a whole list is kept for the provider's time").hasValue(2);
    }
}
