package io.marketbrain.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DriftCommandTest {
    private static String described(String drift) throws MalformedPayload {
        String json = "{\"id\":\"kraken\",\"drift\":" + drift + "}";
        return DriftCommand.describe(JsonValue.parse(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_difference_the_payload_and_the_additions_are_shown() throws MalformedPayload {
        assertThat(described("""
                                {"refused":3,"forms":{"known":2,"learning":1,"given_up":0},"payloads":[{"operation":"quote","first":"2026-07-01T00:00:00Z",
                                "last":"2026-07-01T00:01:00Z","times":3,"differences":["$.bid is missing; new: $.b"],
                                "bytes":12,"start":"{\\n\\u001b[31m}"}],"additions":["quote $.new is new"]}""")).isEqualTo("""
                        kraken: 3 responses refused
                          forms of responses: 2 known, 1 being learnt, 0 given up
                          quote, 3 times, last at 2026-07-01T00:01:00Z, 12 bytes
                            - $.bid is missing; new: $.b
                            { [31m}
                          + quote $.new is new
                        """);
    }

    @Test
    void without_the_admin_scope_it_says_what_is_needed() throws MalformedPayload {
        assertThat(described("{\"refused\":1,\"forms\":{\"known\":0,\"learning\":0,\"given_up\":0}}"))
                .contains("1 responses refused")
                .contains("admin scope");
    }
}
