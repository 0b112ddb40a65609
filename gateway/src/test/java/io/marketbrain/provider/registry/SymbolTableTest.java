package io.marketbrain.provider.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.ListedSymbol.Delisting;
import io.marketbrain.model.MarketData.ListedSymbol.SymbolFacts;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Symbols that a list has several times, because they were delisted and used again. */
class SymbolTableTest {
    private static final Instrument FB = new Instrument(AssetType.STOCK, "FB", "USD", null, null);

    private static ListedSymbol traded() {
        return new ListedSymbol("FB", FB);
    }

    private static ListedSymbol delisted(@Nullable String on) {
        var delisting = new Delisting(on == null ? null : LocalDate.parse(on));
        return new ListedSymbol("FB", FB, new SymbolFacts(null, null, null, null, delisting));
    }

    private static SymbolFacts facts(ListedSymbol... listed) {
        SymbolTable table = SymbolTable.of(List.of(listed));
        assertThat(table.find("fb")).contains(FB);
        assertThat(table.instruments()).hasSize(1);
        return table.findFacts(FB).orElse(SymbolFacts.NONE);
    }

    @Test
    void what_has_the_symbol_now_is_traded_wherever_it_stands_in_the_list() {
        for (SymbolFacts facts :
                List.of(facts(traded(), delisted("2022-06-09")), facts(delisted("2022-06-09"), traded()))) {
            assertThat(facts.delisting()).isNull();
            assertThat(facts.earlier()).isEqualTo(new Delisting(LocalDate.parse("2022-06-09")));
        }
    }

    @Test
    void of_several_delistings_the_last_counts() {
        assertThat(facts(delisted("2022-06-09"), delisted("2012-01-02"), delisted(null))
                        .delisting())
                .isEqualTo(new Delisting(LocalDate.parse("2022-06-09")));
        assertThat(facts(delisted("2012-01-02"), traded(), delisted("2022-06-09"))
                        .earlier())
                .isEqualTo(new Delisting(LocalDate.parse("2022-06-09")));
    }

    @Test
    void of_two_delistings_on_one_day_one_counts() {
        var other = new Instrument(AssetType.ETF, "FB", "USD", null, null);
        ListedSymbol first = delisted("2022-06-09");
        ListedSymbol last = new ListedSymbol("fb", other, first.facts());
        SymbolTable table = SymbolTable.of(List.of(first, last));
        assertThat(table.instruments()).containsExactly(other);
        assertThat(table.findFacts(other).orElseThrow().delisting()).isEqualTo(first.delisting());
        assertThat(table.findFacts(FB)).isEmpty();
    }

    @Test
    void a_symbol_that_was_never_delisted_says_nothing() {
        assertThat(facts(traded())).isEqualTo(SymbolFacts.NONE);
    }
}
