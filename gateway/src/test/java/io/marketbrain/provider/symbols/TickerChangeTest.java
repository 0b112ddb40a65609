package io.marketbrain.provider.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TickerChangeTest {
    private static Instrument stock(String ticker, @Nullable String mic) {
        return new Instrument(AssetType.STOCK, ticker, "USD", null, mic);
    }

    @Test
    void securities_change_on_days_of_trading() {
        assertThat(TickerChange.all())
                .filteredOn(change -> !change.market().equals("crypto"))
                .allSatisfy(change ->
                        assertThat(change.on().getDayOfWeek()).as(change.text()).isLessThan(DayOfWeek.SATURDAY));
    }

    @Test
    void every_line_of_the_table_has_a_day_and_a_source() {
        assertThat(TickerChange.all()).hasSizeGreaterThan(30).allSatisfy(change -> {
            assertThat(change.on()).isBetween(LocalDate.parse("2010-01-01"), LocalDate.parse("2026-12-31"));
            assertThat(change.sources()).isNotEmpty().allMatch(source -> source.startsWith("https://"));
            assertThat(change.successor() == null)
                    .as(change.text())
                    .isEqualTo(change.kind() == TickerChange.Kind.DELISTED);
            assertThat(change.ticker()).isNotEqualTo(change.successor());
            if (change.reuse() != null) {
                assertThat(change.reuse().since()).isAfterOrEqualTo(change.on());
            }
        });
        assertThat(TickerChange.all().stream().map(change -> change.market() + ":" + change.ticker()))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_ticker_counts_on_its_market_only() {
        assertThat(TickerChange.find(stock("ANTM", null))).isPresent();
        assertThat(TickerChange.find(stock("ANTM", "XNYS"))).isPresent();
        assertThat(TickerChange.find(stock("ANTM", "XLON"))).isEmpty();
        assertThat(TickerChange.find(stock("MATIC", null))).isEmpty();
        assertThat(TickerChange.find(Instrument.crypto("ANTM", "USD"))).isEmpty();
        assertThat(TickerChange.find(stock("DAI", "XETR"))).isPresent();
        assertThat(TickerChange.find(Instrument.crypto("DAI", "USD"))).isEmpty();
        assertThat(TickerChange.find(new Instrument(AssetType.FX, "UST", "USD", null, null)))
                .isEmpty();
    }

    @Test
    void a_successor_has_the_quote_and_the_settlement_of_the_old_one() {
        var swap = new Instrument(AssetType.CRYPTO, "MATIC", "USD", "MATIC", null);
        assertThat(TickerChange.find(swap).orElseThrow().findSuccessor(swap))
                .contains(new Instrument(AssetType.CRYPTO, "POL", "USD", "POL", null));
        Instrument pair = Instrument.crypto("EOS", "USDT");
        assertThat(TickerChange.find(pair).orElseThrow().findSuccessor(pair)).contains(Instrument.crypto("A", "USDT"));
    }

    @Test
    void a_ticker_in_use_again_has_no_successor_and_the_text_says_what_it_is_now() {
        Instrument fb = stock("FB", null);
        TickerChange change = TickerChange.find(fb).orElseThrow();
        assertThat(change.findSuccessor(fb)).isEmpty();
        assertThat(change.text())
                .isEqualTo("FB was renamed META on 2022-06-09,"
                        + " and since 2025-06-24 it has been ProShares S&P 500 Dynamic Buffer ETF");
    }
}
