package io.marketbrain.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marketbrain.provider.ContractFile;
import io.marketbrain.provider.descriptor.Descriptors;
import java.util.HashSet;
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
}
