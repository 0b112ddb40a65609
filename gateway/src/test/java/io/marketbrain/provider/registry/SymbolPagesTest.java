package io.marketbrain.provider.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.provider.TestCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SymbolPagesTest {
    private static final ProviderId ACME = new ProviderId("acme");

    private final List<@Nullable String> asked = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();

    private static Outcome<QueryResult> page(String code, @Nullable String next) {
        var symbol = new ListedSymbol(code + "USD", Instrument.crypto(code, "USD"));
        var provenance = new Provenance(ACME, Mode.LIVE, null, Instant.EPOCH, Freshness.FRESH, List.of(), List.of());
        return Outcome.success(new QueryResult(new Symbols(List.of(symbol), 1).continuedBy(next), provenance));
    }

    private Symbols listed(MarketDataSource pages) {
        Outcome<QueryResult> outcome = new SymbolPages(
                        (query, call) -> {
                            asked.add(((SymbolsQuery) query).page());
                            return pages.fetch(query, call);
                        },
                        waits::add)
                .fetch(new SymbolsQuery(ACME), TestCalls.patient());
        return (Symbols) ((Outcome.Success<QueryResult>) outcome).value().data();
    }

    @Test
    void pages_are_requested_until_the_last_one() {
        Symbols all = listed((query, _) -> switch (String.valueOf(((SymbolsQuery) query).page())) {
            case "null" -> page("A", "two");
            case "two" -> page("B", "three");
            default -> page("C", null);
        });
        assertThat(all.symbols()).extracting(ListedSymbol::providerSymbol).containsExactly("AUSD", "BUSD", "CUSD");
        assertThat(all.rejected()).isEqualTo(3);
        assertThat(all.next()).isNull();
        assertThat(asked).containsExactly(null, "two", "three");
    }

    @Test
    void what_came_before_a_page_that_failed_is_the_list() {
        Symbols all = listed((query, _) -> ((SymbolsQuery) query).page() == null
                ? page("A", "two")
                : Outcome.failed(new Failure.Faulty(ACME, "status 500")));
        assertThat(all.symbols()).hasSize(1);
        assertThat(all.next()).isEqualTo("two");
        assertThat(all.problem()).contains("status 500");
    }

    @Test
    void a_page_waits_shortly_for_the_limit_of_calls_a_second() {
        var second = Outcome.<QueryResult>failed(new Failure.RateLimited("quota:acme", "1/s", Duration.ofSeconds(1)));
        Symbols all = listed((query, _) -> ((SymbolsQuery) query).page() == null
                ? page("A", "two")
                : asked.size() == 2 ? second : page("B", null));
        assertThat(all.symbols()).hasSize(2);
        assertThat(waits).containsExactly(Duration.ofSeconds(1));
        waits.clear();
        asked.clear();
        listed((query, _) -> ((SymbolsQuery) query).page() == null
                ? page("A", "two")
                : Outcome.failed(new Failure.RateLimited("quota:acme", "25/d", Duration.ofHours(5))));
        assertThat(waits).isEmpty();
    }

    @Test
    void a_list_that_never_ends_is_cut() {
        listed((_, _) -> page("A", "x" + asked.size()));
        assertThat(asked).hasSize(SymbolPages.MAX_PAGES);
        asked.clear();
        listed((_, _) -> page("A", "same"));
        assertThat(asked).as("a page that names itself").hasSize(2);
    }
}
