package io.marketbrain.model.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.CostModel.Cost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What calls cost by what they ask for. */
class CostModelTest {
    private static final ProviderId ACME = new ProviderId("acme");
    private static final Instrument PAIR = Instrument.crypto("BTC", "USD");

    @Test
    void records_are_counted_as_the_query_limits_them() {
        CostModel costs = CostModel.same(new Cost(Money.NONE, Money.of("1")));
        assertThat(costs.atMost(new QuoteQuery(ACME, PAIR, null), 1)).isEqualTo(Money.of("1"));
        assertThat(costs.atMost(new CandlesQuery(ACME, PAIR, Interval.H1, null, null, 7), 1))
                .isEqualTo(Money.of("7"));
        assertThat(costs.atMost(new BookQuery(ACME, PAIR, 5, null), 1)).isEqualTo(Money.of("10"));
        assertThat(costs.atMost(new TradesQuery(ACME, PAIR, 6, null), 1)).isEqualTo(Money.of("6"));
        assertThat(costs.atMost(new SeriesQuery(ACME, "GDP", null, null, 8), 1)).isEqualTo(Money.of("8"));
        assertThat(costs.atMost(new NewsQuery(ACME, "", 9), 1)).isEqualTo(Money.of("9"));
    }

    @Test
    void a_list_of_symbols_without_a_price_costs_as_much_as_the_dearest_operation() {
        var quotes = new Cost(Money.of("1"), Money.of("5"));
        var trades = new Cost(Money.of("2"), Money.NONE, Money.of("3"));
        var costs = new CostModel(Map.of(Operation.QUOTE, quotes, Operation.TRADES, trades));
        assertThat(costs.atMost(new SymbolsQuery(ACME), 10)).isEqualTo(Money.of("32"));
        assertThat(costs.of(Operation.SYMBOLS, new Symbols(List.of()), 10)).isEqualTo(Money.of("32"));
        assertThat(CostModel.FREE.atMost(new SymbolsQuery(ACME), 10)).isEqualTo(Money.NONE);
        var own =
                new CostModel(Map.of(Operation.QUOTE, quotes, Operation.SYMBOLS, new Cost(Money.of("4"), Money.NONE)));
        assertThat(own.atMost(new SymbolsQuery(ACME), 10)).isEqualTo(Money.of("4"));
    }

    @Test
    void what_has_no_price_is_free() {
        var costs = new CostModel(Map.of(Operation.QUOTE, new Cost(Money.of("1"), Money.NONE)));
        assertThat(costs.ofFailure(Operation.TRADES, 4)).isEqualTo(Money.NONE);
    }
}
