package io.marketbrain.provider.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.DriftReport;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.security.KnownSecrets;
import io.marketbrain.security.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftGuardTest {
    private static final ProviderId ACME = new ProviderId("acme");
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final String SECRET = "planted-secret-5521";
    private static final String SHAPES = """
            {
              "quote": [
                {"read": {"price": "text ~0..2", "bid": "text", "time?": "text"}, "unread": ["size"]},
                {"read": {"price": "text"}, "unread": []}
              ],
              "trades": [
                {"each": {"read": {"side": "text in buy,sell", "id": "number"}, "unread": []}}
              ],
              "candles": [
                {"each": {"columns": ["number", "text", "(text)"], "least": 3}}
              ],
              "symbols": [
                {"read": {"list": {"each": {"read": {"name": "text"}, "unread": []}}}, "unread": []}
              ]
            }""";

    private final DriftGuard guard = guard();

    private static DriftGuard guard() {
        try {
            var forms = ShapeReader.read(JsonValue.parse(SHAPES.getBytes(StandardCharsets.UTF_8)));
            var secrets = new KnownSecrets(List.of(Secret.of(SECRET).orElseThrow()));
            return DriftGuard.of(ACME, () -> forms, secrets, () -> 0);
        } catch (MalformedPayload e) {
            throw new IllegalStateException(e);
        }
    }

    /** The failure that the guard makes of a body. */
    private Optional<Failure> failure(Operation operation, String text) throws MalformedPayload {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        JsonValue json = JsonValue.parse(body);
        DriftCheck check = guard.check(operation);
        try {
            check.document(json);
        } catch (MalformedPayload e) {
            assertThat(check.findDrift(body, NOW)).isPresent();
        }
        return check.findDrift(body, NOW);
    }

    private String message(Operation operation, String body) throws MalformedPayload {
        return failure(operation, body).map(Failure::message).orElse("");
    }

    @Test
    void a_known_form_passes() throws MalformedPayload {
        assertThat(failure(Operation.QUOTE, "{\"price\":\"1\",\"bid\":\"2\",\"time\":\"x\",\"size\":\"3\"}"))
                .isEmpty();
        assertThat(failure(Operation.QUOTE, "{\"price\":\"1\",\"bid\":\"2\"}")).isEmpty();
        assertThat(failure(Operation.QUOTE, "{\"price\":\"1\"}")).isEmpty();
        assertThat(failure(Operation.TRADES, "[]")).isEmpty();
        assertThat(failure(Operation.CANDLES, "[[1,\"2\",null],[1,\"2\",\"3\",4]]"))
                .isEmpty();
        assertThat(guard.report().refused()).isZero();
    }

    @Test
    void what_differs_is_a_failure_that_names_the_place() throws MalformedPayload {
        assertThat(message(Operation.QUOTE, "{\"price\":1,\"bid\":\"2\"}"))
                .isEqualTo("acme changed its quote response: $.price is a number, not a text");
        assertThat(message(Operation.TRADES, "[{\"side\":\"buy\",\"id\":1},{\"side\":\"buy\"}]"))
                .isEqualTo("acme changed its trades response: $[1].id is missing");
        assertThat(message(Operation.CANDLES, "[[1,\"2\"]]"))
                .isEqualTo("acme changed its candles response: $[0] has 2 items, not 3");
        assertThat(message(Operation.CANDLES, "[[1,\"2\",true]]")).contains("$[0][2] is a boolean");
        assertThat(message(Operation.CANDLES, "{\"data\":[]}")).contains("$ is an object, not an array");
        assertThat(message(Operation.QUOTE, "[{\"price\":\"1\"}]")).contains("$ is an array, not an object");
    }

    @Test
    void a_number_in_a_text_is_the_number() throws MalformedPayload {
        assertThat(failure(Operation.TRADES, "[{\"side\":\"buy\",\"id\":\"18502105\"}]"))
                .isEmpty();
        assertThat(failure(Operation.CANDLES, "[[\"1710327600\",\"2\",\"3\"]]")).isEmpty();
        assertThat(message(Operation.TRADES, "[{\"side\":\"buy\",\"id\":\"a1\"}]"))
                .contains("$[0].id is a text, not a number");
        assertThat(message(Operation.CANDLES, "[[\"\",\"2\",\"3\"]]")).contains("$[0][0] is a text, not a number");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kraken | BOOK | {"error":[],"result":{"XXBTZUSD":{"asks":[["30384.1","3","2.059",1688671659]],"bids":[]}}}
            kraken | CANDLES | {"error":[],"result":{"XXBTZUSD":[["7",1688671200,"3","3","3","3","3","3.3",23]],"last":1}}
            kraken | TRADES | {"error":[],"result":{"XXBTZUSD":[["30243.4","3","0.345",1688669597.8,"b","m","",61044952]],"last":"1"}}
            kraken | BOOK | {"error":[],"result":{"XXBTZUSD":{"asks":[["7","30384.1","2.059","1688671659"]],"bids":[]}}}
            coinbase | BOOK | {"sequence":3,"bids":[["7","295.96","4.39",2]],"asks":[]}
            coinbase | BOOK | {"sequence":3,"bids":[["7","295.96","4.39","2"]],"asks":[]}
            coinbase | CANDLES | [["3",1688671200,3.1,3.2,3.1,3.2,0.5]]
            coinbase | CANDLES | [[1688671200,"3",3.1,3.2,3.1,3.2,0.5]]""")
    void a_new_column_of_texts_is_not_taken_for_its_neighbour(String provider, Operation operation, String body)
            throws MalformedPayload {
        var check = DriftGuard.of(new ProviderId(provider), new KnownSecrets(List.of()), () -> 0)
                .check(operation);
        JsonValue json = JsonValue.parse(body.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> check.document(json)).isInstanceOf(MalformedPayload.class);
        assertThat(check.findDrift(new byte[0], NOW)).containsInstanceOf(Failure.SchemaDrift.class);
    }

    @Test
    void a_body_that_lost_a_member_does_not_pass_for_a_form_without_it() throws MalformedPayload {
        assertThat(message(Operation.QUOTE, "{\"price\":\"1\",\"time\":\"x\",\"offer\":\"2\"}"))
                .contains("$.bid is missing")
                .doesNotContain("offer");
        assertThat(guard.report().payloads().getFirst().differences())
                .containsExactly("$.bid is missing; new: $.offer");
    }

    @Test
    void items_that_are_read_one_by_one_are_checked_one_by_one() throws MalformedPayload {
        DriftCheck check = guard.check(Operation.SYMBOLS);
        check.item("list", JsonValue.parse("{\"name\":\"A\"}".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> check.item("list", JsonValue.parse("{\"id\":\"A\"}".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(MalformedPayload.class);
        assertThat(check.findDrift(new byte[0], NOW)).containsInstanceOf(Failure.SchemaDrift.class);
    }

    @Test
    void an_operation_without_recordings_is_not_checked() throws MalformedPayload {
        assertThat(failure(Operation.BOOK, "{}")).isEmpty();
        DriftGuard.NONE.check(Operation.QUOTE).document(JsonValue.parse("{}".getBytes(StandardCharsets.UTF_8)));
        assertThat(DriftGuard.NONE.report()).isEqualTo(DriftReport.NONE);
    }

    @Test
    void additions_pass_and_are_named_once() throws MalformedPayload {
        for (int i = 0; i < 200; i++) {
            assertThat(failure(Operation.QUOTE, "{\"price\":\"1234567890\",\"bid\":\"2\",\"new\":{}}"))
                    .isEmpty();
            assertThat(failure(Operation.TRADES, "[{\"side\":\"short\",\"id\":1}]"))
                    .isEmpty();
            assertThat(failure(Operation.CANDLES, "[[1,\"2\",\"3\",\"4\"]]")).isEmpty();
        }
        assertThat(guard.report().additions())
                .containsExactly(
                        "quote $.price is of another order of magnitude",
                        "quote $.new is new",
                        "trades $[].side has a value that was never seen",
                        "candles $[] has more than 3 items");
    }

    @Test
    void additions_are_bounded() throws MalformedPayload {
        var body = new StringBuilder("{\"price\":\"1\",\"bid\":\"2\"");
        for (int i = 0; i < 1000; i++) {
            body.append(",\"new").append(i).append("\":1");
        }
        assertThat(failure(Operation.QUOTE, body.append('}').toString())).isEmpty();
        assertThat(guard.report().additions()).hasSize(Additions.MAX_ADDITIONS);
    }

    @Test
    void equal_differences_are_one_payload() throws MalformedPayload {
        for (int i = 0; i < 3; i++) {
            failure(Operation.QUOTE, "{\"bid\":\"" + i + "\"}");
        }
        DriftReport report = guard.report();
        assertThat(report.payloads()).hasSize(1);
        assertThat(report.payloads().getFirst().start()).isEqualTo("{\"bid\":\"2\"}");
        assertThat(report.payloads().getFirst().times()).isEqualTo(report.refused());
    }

    @Test
    void what_is_kept_is_bounded_and_has_no_secrets() throws MalformedPayload {
        for (int i = 0; i < 50; i++) {
            String padding = "x".repeat(Quarantine.MAX_BYTES - 30);
            failure(
                    Operation.QUOTE,
                    "{\"" + SECRET + "\":1,\"f" + i + "\":\"" + padding + "\",\"echo\":\"" + SECRET + "\"}");
        }
        List<DriftReport.Payload> payloads = guard.report().payloads();
        assertThat(payloads).hasSize(Quarantine.MAX_PAYLOADS);
        assertThat(payloads.getFirst().differences().getFirst()).contains("f49");
        assertThat(payloads).allSatisfy(payload -> {
            assertThat(payload.start()).hasSizeLessThanOrEqualTo(Quarantine.MAX_BYTES);
            assertThat(payload.toString()).doesNotContain(SECRET.substring(0, 8));
        });
    }

    /** A new provider needs recordings of each operation that it offers. */
    @Test
    void every_operation_of_every_provider_has_a_shape() {
        Descriptors.builtIn().forEach(entry -> {
            String id = entry.id().value();
            if (DescriptorReader.builtIn(id).mapping().isPresent()) {
                // Its rules say what a response must have.
                return;
            }
            assertThat(ShapeReader.builtIn(id).keySet())
                    .as(id)
                    .containsExactlyInAnyOrderElementsOf(DescriptorReader.builtIn(id).operations().stream()
                            .map(Operation::wire)
                            .toList());
        });
    }
}
