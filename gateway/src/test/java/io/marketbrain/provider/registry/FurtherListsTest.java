package io.marketbrain.provider.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
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
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    private static final Instrument COIN_SWAP = new Instrument(SPOT.type(), "123", "USD", "123", null);

    private final AtomicInteger ofFirst = new AtomicInteger();
    private final AtomicInteger ofSwaps = new AtomicInteger();
    private final AtomicLong time = new AtomicLong();

    private final MarketDataSource source = (query, _) -> {
        boolean isFirst = ((SymbolsQuery) query).list() == null;
        (isFirst ? ofFirst : ofSwaps).incrementAndGet();
        return answer(new Symbols(
                isFirst
                        ? List.of(new ListedSymbol("123USDT", SPOT))
                        : List.of(new ListedSymbol("123USDT_PERP", SWAP), new ListedSymbol("123M", COIN_SWAP))));
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
    void a_contract_that_only_a_further_list_knows_is_found_at_its_provider() {
        ListedSymbols symbols = symbols();
        Descriptor descriptor = DescriptorReader.builtIn("binance");
        var provider = new Provider(descriptor, new ModeDecision(Mode.LIVE, "asked for"), symbols, List.of());
        var reader = new SymbolReader(Map.of("binance", RegisteredProvider.of(provider)));
        assertThat(reader.atAny(List.of(RegisteredProvider.of(provider)), "123M"))
                .isInstanceOf(Outcome.Failed.class);
        assertThat(ofSwaps).as("no list is fetched where no provider is named").hasValue(0);
        assertThat(reader.at(provider, "123M")).isEqualTo(Outcome.success(COIN_SWAP));
        assertThat(reader.at(provider, "124M")).isInstanceOf(Outcome.Failed.class);
        assertThat(ofSwaps).as("one request for all of them").hasValue(1);
    }

    private static RegisteredProvider provider(String id, ListedSymbol... listed) {
        Descriptor descriptor = DescriptorReader.builtIn(id);
        MarketDataSource list = (_, _) -> listed.length == 0
                ? Outcome.failed(new Failure.Faulty(descriptor.id(), "down"))
                : answer(new Symbols(List.of(listed)));
        var symbols = new ListedSymbols(
                descriptor.id(),
                descriptor.symbols(),
                List.of(terms(null, InstrumentType.SPOT, Duration.ZERO)),
                list,
                SymbolListConfig.defaults(),
                SymbolListBudget.ofHeap(1L << 30),
                System::nanoTime);
        return RegisteredProvider.of(
                new Provider(descriptor, new ModeDecision(Mode.LIVE, "asked for"), symbols, List.of()));
    }

    private static Instrument swap(String base, String quote) {
        return new Instrument(AssetType.CRYPTO, base, quote, quote, null);
    }

    private static Outcome<Instrument> atAny(String symbol, RegisteredProvider... providers) {
        return AutoRoutes.resolve(List.of(providers), symbol);
    }

    @Test
    void a_word_is_a_coin_where_a_list_has_it_also_before_that_list_was_asked_for() {
        ListedSymbol hype = new ListedSymbol("HYPE", swap("HYPE", "USDC"));
        assertThat(atAny("HYPE", provider("hyperliquid", hype))).isEqualTo(Outcome.success(swap("HYPE", "USDC")));
        assertThat(atAny("HYPF", provider("hyperliquid", hype))).isInstanceOf(Outcome.Failed.class);
        assertThat(atAny("HYPE", provider("hyperliquid")))
                .as("the list cannot be fetched, and the provider says whether it has the coin")
                .isEqualTo(Outcome.success(swap("HYPE", "USDC")));
    }

    @Test
    void codes_run_together_are_the_market_that_exists() {
        Instrument pair = Instrument.crypto("1000PEPE", "USDT");
        ListedSymbol contract = new ListedSymbol("1000PEPEUSDT", swap("1000PEPE", "USDT"));
        RegisteredProvider futures = provider("binancefutures", contract);
        RegisteredProvider otherPairs =
                provider("binance", new ListedSymbol("BTCUSDT", Instrument.crypto("BTC", "USDT")));
        assertThat(atAny("1000PEPEUSDT", otherPairs, futures)).isEqualTo(Outcome.success(contract.instrument()));
        assertThat(atAny("1000PEPEUSDT", provider("binance", new ListedSymbol("1000PEPEUSDT", pair)), futures))
                .isEqualTo(Outcome.success(pair));
        assertThat(atAny("1000PEPEUSDT", provider("binance"), provider("binancefutures")))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isEqualTo(new Failure.AmbiguousInstrument(
                                        "1000PEPEUSDT", List.of("1000PEPE/USDT", "1000PEPE/USDT:USDT"))));
        assertThat(atAny("BTCUSDT", provider("binance"), provider("binancefutures")))
                .as("the pair of a well-known coin")
                .isEqualTo(Outcome.success(Instrument.crypto("BTC", "USDT")));
    }

    @Test
    void lists_of_securities_are_not_fetched_for_a_symbol_that_is_unknown() {
        var symbols = new ListedSymbols(
                ID,
                DescriptorReader.builtIn("binance").symbols(),
                List.of(
                        terms(null, InstrumentType.SPOT, Duration.ZERO),
                        terms(SWAPS, InstrumentType.of(AssetType.STOCK), Duration.ZERO)),
                source,
                SymbolListConfig.defaults(),
                SymbolListBudget.ofHeap(1L << 30),
                time::get);
        assertThat(symbols.findContract("123M")).isEmpty();
        assertThat(ofSwaps).hasValue(0);
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
