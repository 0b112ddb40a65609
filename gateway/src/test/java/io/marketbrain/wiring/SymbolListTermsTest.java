package io.marketbrain.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.SymbolListTerms;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolListTermsTest {
    private static ProviderModule module(String id) {
        return BuiltInProviders.module(DescriptorReader.builtIn(id));
    }

    @Test
    void each_list_has_the_types_and_the_weight_of_its_own_request() {
        ProviderModule kucoin = module("kucoin");
        assertThat(kucoin.symbolLists())
                .extracting(SymbolListTerms::types)
                .containsExactly(List.of(InstrumentType.SPOT), List.of(InstrumentType.SWAP, InstrumentType.FUTURE));
        assertThat(kucoin.weight(new SymbolsQuery(kucoin.id()))).isEqualTo(4);
        assertThat(kucoin.weight(new SymbolsQuery(kucoin.id(), "contracts", null)))
                .isEqualTo(3);
    }

    @Test
    void a_provider_with_one_list_has_everything_in_it_unless_its_descriptor_says_what() {
        assertThat(module("kraken").symbolLists())
                .extracting(SymbolListTerms::types)
                .containsExactly(List.of(InstrumentType.of(AssetType.CRYPTO)));
        assertThat(module("fmp").symbolLists())
                .extracting(SymbolListTerms::types)
                .containsExactly(List.of(InstrumentType.of(AssetType.FX)));
        assertThat(module("ecb").symbolLists()).isEmpty();
    }
}
