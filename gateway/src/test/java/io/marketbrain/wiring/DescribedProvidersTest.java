package io.marketbrain.wiring;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.provider.ContractFile;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderContract;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.descriptor.Descriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every provider whose recordings are described by a {@code contract.json}. */
@ParameterizedClass(name = "{0}")
@MethodSource("providers")
class DescribedProvidersTest extends ProviderContract {
    private final String id;
    private final ContractFile contract;

    DescribedProvidersTest(String id) {
        this.id = id;
        this.contract = ContractFile.of(id);
    }

    static List<String> providers() {
        return ContractFile.providers();
    }

    @Override
    protected List<String> folders() {
        return List.of(id);
    }

    @Override
    protected String id() {
        return id;
    }

    @Override
    protected ProviderAdapter adapter(Descriptor descriptor) {
        return BuiltInProviders.adapter(descriptor);
    }

    @Override
    protected Optional<MarketQuery> query(Recording recording) {
        return contract.query(recording.name());
    }

    @Override
    protected MarketQuery errorQuery(Recording recording) {
        return contract.query(recording.name()).orElseGet(this::anyQuery);
    }

    @Override
    protected Map<String, Class<? extends Failure>> errors() {
        return contract.errors();
    }

    @Override
    protected Map<String, String> unused() {
        return contract.unused();
    }

    @Override
    protected Map<String, Integer> lists() {
        return contract.lists();
    }

    @Override
    protected Set<String> outdated() {
        return contract.outdated().keySet();
    }

    @Override
    protected Set<String> scaled() {
        return contract.scaled().keySet();
    }

    @Override
    protected Set<String> inverseVolumes() {
        return contract.inverseVolumes().keySet();
    }

    @Override
    protected Set<String> differing() {
        return contract.differing().keySet();
    }

    @Override
    protected Set<String> latestExpected() {
        return contract.latestExpected().keySet();
    }

    @Override
    protected PlaybackServer.Answer unknownInstrument(MarketQuery query) {
        return contract.unknownTo(query);
    }

    @Override
    protected MarketQuery unknown(MarketQuery known) {
        return contract.unknown(known);
    }

    @Override
    protected Set<String> skipsIncompleteRows() {
        return contract.incomplete().keySet();
    }

    @Override
    protected Set<String> readsOtherwise() {
        return contract.otherwise().keySet();
    }

    /** The rules of a mapping say what a response must have; no shape is learnt beside them. */
    @Override
    protected boolean learnsShapes() {
        return false;
    }

    @Override
    protected boolean hasEmptySeriesOfUnknown(MarketQuery query) {
        return contract.hasEmptySeriesOfUnknown(query);
    }
}
