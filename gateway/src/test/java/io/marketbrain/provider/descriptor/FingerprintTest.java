package io.marketbrain.provider.descriptor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A fingerprint is another one when the rules that it is of change, and only then. */
class FingerprintTest {
    private static String of(String definitions, String rules) {
        byte[] content = "{'definitions': {%s}, 'rules': %s}"
                .formatted(definitions, rules)
                .replace('\'', '"')
                .getBytes(UTF_8);
        return DescriptorObject.parse("x.json", content)
                .withDefinitions("definitions")
                .object("rules")
                .fingerprint();
    }

    @Test
    void rules_that_name_no_definition_do_not_depend_on_any() {
        String rules = "{'fields': {'price': 'p'}}";
        assertThat(of("'f': {'price': 'q'}", rules))
                .isEqualTo(of("", rules))
                .isEqualTo(Integer.toHexString("{fields={price=p}}".hashCode()))
                .isNotEqualTo(of("", "{'fields': {'price': 'q'}}"));
    }

    @Test
    void rules_depend_on_the_definitions_that_they_name_also_through_others() {
        String rules = "{'fields': 'f'}";
        String usual = of("'f': {'time': 't'}, 't': {'path': 'a'}, 'other': {}", rules);
        assertThat(of("'f': {'time': 't'}, 't': {'path': 'a'}, 'other': {'path': 'x'}", rules))
                .isEqualTo(usual);
        assertThat(of("'f': {'time': 't'}, 't': {'path': 'b'}, 'other': {}", rules))
                .isNotEqualTo(usual);
    }
}
