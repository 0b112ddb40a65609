package io.marketbrain.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marketbrain.model.ProviderInfo;
import io.marketbrain.provider.ContractFile;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.Descriptors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which providers the contract, with its mutations of every recorded body, covers. */
class EveryProviderTest {
    /** The providers with an adapter and a contract test of their own: BinanceContractTest and so on. */
    private static final Set<String> OWN_TESTS = Set.of("binance", "coinbase", "kraken");

    @Test
    void every_live_provider_is_covered_by_the_contract() {
        assumeTrue(System.getenv("CONTRACT_PROVIDERS") == null, "the contract is limited to some providers");
        Set<String> builtIn = Descriptors.builtIn().stream()
                .map(indexed -> indexed.id().value())
                .filter(id -> !id.equals("mock"))
                .collect(Collectors.toSet());
        Set<String> covered = new HashSet<>(ContractFile.providers());
        covered.addAll(OWN_TESTS);
        assertThat(covered).isEqualTo(builtIn);
    }

    @Test
    void every_provider_says_where_its_documentation_and_terms_are_what_it_allows_and_what_to_know() {
        assertThat(live()).allSatisfy(descriptor -> {
            ProviderInfo.About about = descriptor.about();
            assertThat(about.documentation())
                    .as("%s: documentation", descriptor.id())
                    .startsWith("https://");
            assertThat(about.terms()).as("%s: terms", descriptor.id()).startsWith("https://");
            assertThat(about.notes()).as("%s: notes", descriptor.id()).isNotBlank();
            assertThat(descriptor.limits().rates())
                    .as("%s: rates", descriptor.id())
                    .isNotEmpty();
        });
    }

    @Test
    void a_provider_without_recorded_data_says_so() {
        assertThat(live())
                .filteredOn(descriptor -> Recording.all(descriptor.id().value()).stream()
                        .filter(recording -> !recording.kind().equals("error"))
                        .allMatch(recording -> recording.fidelity().equals("docs")))
                .hasSizeGreaterThan(3)
                .allSatisfy(descriptor -> assertThat(descriptor.about().notes())
                        .as(descriptor.id().value())
                        .containsPattern("The bod(y|ies) in the tests|the bodies in the tests"));
    }

    private static List<Descriptor> live() {
        return Descriptors.builtIn().stream()
                .map(indexed -> DescriptorReader.builtIn(indexed.id().value()))
                .filter(descriptor -> !descriptor.id().value().equals("mock"))
                .toList();
    }
}
