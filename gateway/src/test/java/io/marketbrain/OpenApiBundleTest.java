package io.marketbrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The step of the build that bundles the API description, and what it rejects. */
class OpenApiBundleTest {
    @RegisterExtension
    static final BuildProgram PROGRAM = new BuildProgram("OpenApiBundle");

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        put("openapi.json", """
                {"openapi": "3.1.0", "tags": [{"name": "one"}, {"name": "two"}], "security": [{}, {"key": []}],
                 "x-response-headers": ["Id"]}""");
        put("paths/one.json", path("/a/{x}", "one", "first"));
        put("paths/two.json", path("/b", "two", "second"));
        put("components/headers.json", "{\"Id\": {\"schema\": {\"type\": \"string\"}}}");
        put(
                "components/schemas.json",
                "{\"Thing\": {\"items\": {\"$ref\": \"#/components/schemas/Thing\"}, \"maximum\": 1.50}}");
        put("components/securitySchemes.json", "{\"key\": {\"type\": \"http\"}}");
    }

    private static String path(String path, String tag, String id) {
        return """
                {"%s": {"get": {"tags": ["%s"], "operationId": "%s", "responses": {"200": {"description": "x",
                  "content": {"a/b": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}}}""".formatted(path, tag, id);
    }

    private void put(String name, String content) throws IOException {
        Path file = folder.resolve("source").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private String bundled() throws IOException {
        Path target = folder.resolve("out/openapi.json");
        PROGRAM.call("bundle", folder.resolve("source"), target);
        return Files.readString(target);
    }

    private void assertRejected(String message) {
        assertThatThrownBy(this::bundled).hasMessageContaining(message);
    }

    @Test
    void one_file_with_the_headers_of_every_response_comes_of_it_the_same_each_time() throws IOException {
        String first = bundled();
        assertThat(first)
                .startsWith("{\"openapi\":\"3.1.0\",\"tags\":")
                .contains("\"headers\":{\"Id\":{\"$ref\":\"#/components/headers/Id\"}}")
                .contains("\"maximum\":1.50")
                .doesNotContain("x-response-headers");
        assertThat(first.indexOf("/a/{x}")).isLessThan(first.indexOf("/b"));
        assertThat(bundled()).isEqualTo(first);
    }

    @Test
    void a_reference_to_nothing_is_rejected() throws IOException {
        put("components/schemas.json", "{\"Thing\": {\"$ref\": \"#/components/schemas/Nothing\"}}");
        assertRejected("nothing is at #/components/schemas/Nothing");
        put("components/schemas.json", "{\"Thing\": {\"$ref\": \"schemas.json#/Thing\"}}");
        assertRejected("nothing is at schemas.json#/Thing");
    }

    @Test
    void a_path_that_occurs_twice_is_rejected_under_another_variable_too() throws IOException {
        put("paths/two.json", path("/a/{y}", "two", "second"));
        assertRejected("the path /a/{y} occurs twice");
    }

    @Test
    void a_component_that_no_path_leads_to_is_rejected_even_if_another_such_one_does() throws IOException {
        put("components/schemas.json", """
                {"Thing": {}, "Left": {"$ref": "#/components/schemas/Over"}, "Over": {"$ref": "#/components/schemas/Left"}}""");
        assertRejected("[#/components/schemas/Left, #/components/schemas/Over]");
    }

    @Test
    void an_unknown_or_unused_security_scheme_is_rejected() throws IOException {
        put("components/securitySchemes.json", "{\"key\": {}, \"spare\": {}}");
        assertRejected("[#/components/securitySchemes/spare]");
        put("components/securitySchemes.json", "{}");
        assertRejected("nothing is at #/components/securitySchemes/key");
    }

    @Test
    void a_name_that_occurs_twice_a_foreign_tag_and_a_file_without_a_tag_are_rejected() throws IOException {
        put("components/schemas.json", "{\"Thing\": {}, \"Thing\": {}}");
        assertRejected("Thing");
        write();
        put("paths/two.json", path("/b", "two", "first"));
        assertRejected("operationId");
        put("paths/two.json", path("/b", "one", "second"));
        assertRejected("the tag two");
        write();
        put("paths/three.json", "{}");
        assertRejected("three");
    }
}
