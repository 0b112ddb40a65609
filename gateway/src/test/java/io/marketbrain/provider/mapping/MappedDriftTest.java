package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.DriftReport;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.drift.DriftGuard;
import io.marketbrain.provider.drift.LearntShapeStore;
import io.marketbrain.security.KnownSecrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider that is described by a mapping changes its interface. */
class MappedDriftTest {
    private static final ProviderId NBP = new ProviderId("nbp");
    private static final QuoteQuery QUERY =
            new QuoteQuery(NBP, new Instrument(AssetType.FX, "PAB", "PLN", null, null), null);

    private final List<String> stored = new ArrayList<>();
    private final LearntShapeStore store = new LearntShapeStore() {
        @Override
        public List<String> lines() {
            return List.copyOf(stored);
        }

        @Override
        public void save(List<String> lines) {
            stored.clear();
            stored.addAll(lines);
        }
    };
    private DriftGuard guard = guard();

    private DriftGuard guard() {
        return DriftGuard.of(NBP, new KnownSecrets(List.of()), () -> 0, store, module()::responseForms);
    }

    private static ProviderModule module() {
        var descriptor = DescriptorReader.builtIn("nbp");
        return new ProviderModule(
                descriptor, MappedAdapter.of(descriptor, descriptor.mapping().orElseThrow()));
    }

    private Outcome<QueryResult> fetch(String body) {
        ProviderModule module = module();
        var raw = new RawPayload(200, Map.of(), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
        return new ProviderSource(module, Mode.LIVE, (_, _) -> Outcome.success(raw), guard, Optional.empty())
                .fetch(QUERY, TestCalls.patient());
    }

    private static String recorded() {
        return Recording.of("nbp", "fx_nbp--2026-04-26~2").bodyText();
    }

    private static Failure failure(Outcome<QueryResult> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<QueryResult>) outcome).failure();
    }

    @Test
    void a_documented_value_under_another_name_is_drift_and_the_response_is_kept() {
        Failure failure = failure(fetch(recorded().replace("\"effectiveDate\"", "\"day\"")));
        assertThat(failure).isInstanceOf(Failure.SchemaDrift.class);
        assertThat(failure.message()).startsWith("nbp changed its quote response: ");
        DriftReport report = guard.report();
        assertThat(report.refused()).isEqualTo(1);
        assertThat(report.payloads()).hasSize(1);
    }

    @Test
    void a_member_that_the_first_good_responses_did_not_have_is_an_addition_and_changes_nothing() {
        String changed = recorded().replace("\"effectiveDate\"", "\"source\":\"x\",\"effectiveDate\"");
        assertThat(fetch(changed)).isEqualTo(fetch(recorded()));
        for (int i = 0; i < 17; i++) {
            fetch(changed);
        }
        assertThat(guard.report().additions())
                .as("what came while it was learnt is known")
                .isEmpty();
        String again = changed.replace("\"effectiveDate\"", "\"quality\":{\"grade\":1},\"effectiveDate\"");
        Outcome<QueryResult> usual = fetch(changed);
        for (int i = 0; i < 128; i++) {
            assertThat(fetch(again)).isEqualTo(usual);
        }
        assertThat(guard.report().additions())
                .containsExactly("quote $[].quality is new", "quote $[].quality.grade is new");
        assertThat(guard.report().refused()).isZero();
    }

    @Test
    void a_value_of_another_kind_that_cannot_be_read_is_drift_once_it_is_known() {
        String retyped = recorded().replaceAll("\"mid\":([0-9.]+)", "\"mid\":\"about $1\"");
        assertThat(failure(fetch(retyped))).isInstanceOf(Failure.Malformed.class);
        learn();
        Failure failure = failure(fetch(retyped));
        assertThat(failure).isInstanceOf(Failure.SchemaDrift.class);
        assertThat(failure.message()).contains("mid is a text, not a number");
        assertThat(guard.report().payloads()).hasSize(1);
    }

    @Test
    void what_was_learnt_survives_a_restart_until_the_rules_change() {
        learn();
        assertThat(stored).isNotEmpty();
        guard = guard();
        String retyped = recorded().replaceAll("\"mid\":([0-9.]+)", "\"mid\":\"about $1\"");
        assertThat(failure(fetch(retyped))).isInstanceOf(Failure.SchemaDrift.class);

        stored.replaceAll(line -> line.replaceFirst("/[0-9a-f]+ ", "/0 "));
        guard = guard();
        assertThat(failure(fetch(retyped))).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void what_was_learnt_under_former_rules_is_forgotten_and_does_not_end_learning() {
        learn();
        List<String> today = List.copyOf(stored);
        stored.clear();
        for (int i = 0; i < 40; i++) {
            String form = "/%d ".formatted(i);
            today.forEach(line -> stored.add(line.replaceFirst("/[0-9a-f]+ ", form)));
        }
        guard = guard();
        learn();
        assertThat(stored).isEqualTo(today);
    }

    @Test
    void the_report_counts_the_forms_that_are_known_and_learnt() {
        assertThat(guard.report().forms()).isEqualTo(new DriftReport.Forms(0, 0, 0));
        fetch(recorded());
        assertThat(guard.report().forms()).isEqualTo(new DriftReport.Forms(0, 1, 0));
        learn();
        assertThat(guard.report().forms()).isEqualTo(new DriftReport.Forms(1, 0, 0));
    }

    private void learn() {
        for (int i = 0; i < 20; i++) {
            fetch(recorded());
        }
    }

    @Test
    void a_refused_response_teaches_nothing() {
        for (int i = 0; i < 40; i++) {
            fetch(recorded().replace("\"effectiveDate\"", "\"day\""));
        }
        for (int i = 0; i < 200; i++) {
            fetch(recorded());
        }
        assertThat(guard.report().additions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"error":"Too many requests, slow down"}           | Throttled
            {"status":"error","msg":"API rate limit exceeded"} | Throttled
            Rate limit exceeded                                | Throttled
            {"message":"Scheduled maintenance"}                | Faulty
            {"error":{"info":"x","message":"Invalid API key"}} | Blocked
            {"error":"Something else"}                         | SchemaDrift
            """)
    void an_error_in_words_is_no_drift(String body, String kind) {
        assertThat(failure(fetch(body)).getClass().getSimpleName()).isEqualTo(kind);
        assertThat(guard.report().refused()).isEqualTo(kind.equals("SchemaDrift") ? 1 : 0);
    }

    @Test
    void a_body_cut_short_is_malformed_and_the_recorded_one_is_data() {
        String whole = recorded();
        assertThat(fetch(whole)).isInstanceOf(Outcome.Success.class);
        assertThat(failure(fetch(whole.substring(0, whole.length() / 2)))).isInstanceOf(Failure.Malformed.class);
        assertThat(guard.report().refused()).isZero();
    }
}
