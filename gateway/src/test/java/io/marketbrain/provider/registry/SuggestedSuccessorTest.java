package io.marketbrain.provider.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A ticker that another market has dropped says nothing about an unknown symbol. */
class SuggestedSuccessorTest {
    private static final ProviderId ACME = new ProviderId("acme");
    private static final List<AssetType> COINS = List.of(AssetType.CRYPTO);
    private static final List<AssetType> STOCKS = List.of(AssetType.STOCK);
    private static final List<AssetType> BOTH = List.of(AssetType.CRYPTO, AssetType.STOCK);

    private static Outcome<Instrument> stock(String text) {
        return Outcome.success(new Instrument(AssetType.STOCK, text, "USD", null, null));
    }

    private static Failure.UnknownInstrument unknown(
            String symbol, List<AssetType> types, Function<String, Outcome<Instrument>> parse) {
        Outcome<Instrument> outcome = SymbolSuggestions.orSuggest(
                symbol,
                Outcome.failed(new Failure.UnknownInstrument(ACME, symbol)),
                change -> change.isAbout(types),
                parse);
        return (Failure.UnknownInstrument) ((Outcome.Failed<Instrument>) outcome).failure();
    }

    @Test
    void a_change_on_another_market_is_not_mentioned() {
        assertThat(unknown("DAI", COINS, SuggestedSuccessorTest::stock).message())
                .doesNotContain("MBG");
        assertThat(unknown("DAI", STOCKS, SuggestedSuccessorTest::stock).message())
                .contains("renamed MBG");
        for (String coin : List.of("EOS", "FTM")) {
            var failure = unknown(coin, STOCKS, SuggestedSuccessorTest::stock);
            assertThat(failure.message()).doesNotContain("replaced");
            assertThat(failure.candidates()).isEmpty();
        }
    }

    @Test
    void a_successor_on_another_market_is_no_candidate() {
        var failure = unknown("EOS", BOTH, SuggestedSuccessorTest::stock);
        assertThat(failure.message()).contains("EOS was replaced by A");
        assertThat(failure.candidates()).isEmpty();
        Function<String, Outcome<Instrument>> either = text -> text.equals("A")
                ? Outcome.failed(new Failure.AmbiguousInstrument("A", List.of("A@XNYS", "A/USDT")))
                : text.equals("A/USDT") ? Outcome.success(Instrument.crypto("A", "USDT")) : stock(text);
        assertThat(unknown("EOS", BOTH, either).candidates()).containsExactly("A/USDT");
    }
}
