package io.marketbrain.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.provider.ContractFile;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.drift.DriftGuard;
import io.marketbrain.security.KnownSecrets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What some good responses of a provider teach must not make the others look like those of another interface. */
class LearntDriftTest {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    /** As many responses are enough for their form to be known. */
    private static final int LESSONS = 17;

    /** Longer ones teach the same in more time. */
    private static final int MOST_BYTES = 20_000;

    private record Good(Recording recording, MarketQuery query) {}

    static List<String> providers() {
        return ContractFile.providers();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void no_good_response_is_refused_for_what_another_one_has_taught(String provider) {
        ProviderModule module = BuiltInProviders.module(DescriptorReader.builtIn(provider));
        List<Good> good = good(module);
        List<String> refused = new ArrayList<>();
        for (Good teacher : good) {
            if (teacher.recording().body().length <= MOST_BYTES) {
                DriftGuard guard = DriftGuard.of(module.id(), new KnownSecrets(List.of()), () -> 0);
                for (int i = 0; i < LESSONS; i++) {
                    fetch(module, guard, teacher);
                }
                for (Good other : good) {
                    if (other.query().operation() == teacher.query().operation()
                            && fetch(module, guard, other) instanceof Outcome.Failed<QueryResult>(var failure)) {
                        refused.add(other.recording() + " after " + teacher.recording() + ": " + failure.message());
                    }
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    private static List<Good> good(ProviderModule module) {
        ContractFile contract = ContractFile.of(module.id().value());
        List<Good> good = new ArrayList<>();
        for (Recording recording : Recording.all(module.id().value())) {
            contract.query(recording.name())
                    .map(query -> new Good(recording, query))
                    .filter(each -> fetch(module, DriftGuard.NONE, each) instanceof Outcome.Success<QueryResult>)
                    .ifPresent(good::add);
        }
        return good;
    }

    private static Outcome<QueryResult> fetch(ProviderModule module, DriftGuard guard, Good good) {
        Recording recording = good.recording();
        var raw = new RawPayload(recording.status(), Map.of(), recording.body(), NOW);
        return new ProviderSource(module, Mode.LIVE, (_, _) -> Outcome.success(raw), guard, Optional.empty())
                .fetch(good.query(), TestCalls.patient());
    }
}
