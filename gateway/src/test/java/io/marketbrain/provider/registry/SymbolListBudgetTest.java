package io.marketbrain.provider.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.tier.HeapMeter;
import io.marketbrain.provider.SymbolListTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the symbol lists of all providers take together is bounded, and is what is counted. */
@Tag("alone")
@Timeout(60)
class SymbolListBudgetTest {
    private static final ProviderId ONE = new ProviderId("one");
    private static final ProviderId OTHER = new ProviderId("other");

    private final Random random = new Random(3);

    @Test
    void a_table_counts_what_it_takes_and_that_is_far_less_than_a_map() {
        int count = 20_000;
        var tables = new SymbolTable[1];
        long held = HeapMeter.retained(() -> tables[0] = SymbolTable.of(pairs(count, 3)));
        assertThat((double) tables[0].bytes()).isCloseTo((double) held, Percentage.withPercentage(20));
        assertThat(tables[0].size()).isEqualTo(count);
        assertThat(held / count).isLessThan(80);
    }

    @Test
    void a_table_of_long_symbols_counts_what_it_takes() {
        var tables = new SymbolTable[1];
        long held = HeapMeter.retained(() -> tables[0] = SymbolTable.of(pairs(20_000, 32)));
        assertThat((double) tables[0].bytes()).isCloseTo((double) held, Percentage.withPercentage(20));
    }

    @Test
    void every_symbol_of_a_table_is_found_in_either_case_and_no_other() {
        List<ListedSymbol> pairs = new ArrayList<>(pairs(2000, 3));
        pairs.add(new ListedSymbol("币安人生USDT", Instrument.crypto("币安人生", "USDT")));
        pairs.add(new ListedSymbol("ethwusd", Instrument.crypto("ETHW", "USD")));
        SymbolTable table = SymbolTable.of(pairs);
        for (ListedSymbol pair : pairs) {
            assertThat(table.find(pair.providerSymbol())).contains(pair.instrument());
        }
        assertThat(table.find("ETHWUSD")).isPresent();
        assertThat(table.find("")).isEmpty();
        assertThat(table.find("0")).isEmpty();
        assertThat(table.find("ZZZZZZZZ")).isEmpty();
        assertThat(SymbolTable.of(List.of()).find("BTC")).isEmpty();
        assertThat(table.instruments()).doesNotHaveDuplicates();
    }

    @Test
    void a_list_that_does_not_fit_beside_the_others_is_refused_and_counted() {
        SymbolTable list = SymbolTable.of(pairs(1000, 3));
        var budget = new SymbolListBudget(list.bytes() * 3 / 2);
        assertThat(budget.replace(ONE, null, list, 2)).isEmpty();
        assertThat(budget.replace(OTHER, null, list, 1)).get().asString().contains("1000 symbols");
        assertThat(budget.replace(ONE, null, list, 0)).isEmpty();
        var figures = budget.figures();
        assertThat(figures.lists()).containsOnlyKeys(ONE);
        assertThat(figures.lists().get(ONE)).isEqualTo(new SymbolListBudget.Held(1000, list.bytes()));
        assertThat(figures.refused()).isEqualTo(1);
        assertThat(figures.rejected()).isEqualTo(3);
    }

    @Test
    void the_old_list_stays_when_the_new_one_is_refused() throws InterruptedException {
        var answer = new AtomicReference<>(pairs(10, 3));
        var time = new AtomicReference<>(0L);
        var budget = new SymbolListBudget(4 << 10);
        var cache = new SymbolListCache(
                ONE,
                new SymbolListTerms(null, List.of(InstrumentType.SPOT), 1, Duration.ZERO),
                (_, _) -> Outcome.success(new QueryResult(
                        new Symbols(answer.get()),
                        new Provenance(ONE, Mode.LIVE, null, Instant.EPOCH, Freshness.FRESH, List.of(), List.of()))),
                SymbolListConfig.defaults(),
                budget,
                time::get);
        SymbolTable first = cache.findSoon().orElseThrow();
        answer.set(pairs(5000, 3));
        time.set(Duration.ofHours(7).toNanos());
        while (budget.figures().refused() == 0) {
            assertThat(cache.findNow()).containsSame(first);
            Thread.sleep(2);
        }
        assertThat(cache.findNow()).containsSame(first);
        assertThat(budget.figures().lists().get(ONE).symbols()).isEqualTo(10);
    }

    /** Pairs of codes of so many letters, with few quote currencies as providers have them. */
    private List<ListedSymbol> pairs(int count, int letters) {
        List<ListedSymbol> pairs = new ArrayList<>();
        String base = "";
        for (int i = 0; i < count; i++) {
            base = i % 4 == 0 ? letters(letters) + i / 4 : base;
            String quote = List.of("USDT", "USD", "EUR", "BTC").get(i % 4);
            pairs.add(new ListedSymbol(base + quote, Instrument.crypto(new String(base), quote)));
        }
        return pairs;
    }

    private String letters(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append((char) ('A' + random.nextInt(26)));
        }
        return text.toString();
    }
}
