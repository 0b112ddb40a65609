package io.marketbrain.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code brain search} says about lists that could not be fetched. */
class SearchCommandTest {
    @ParameterizedTest
    @CsvSource({
        "false, false, A list could not be fetched: no route.",
        "true, true, An old list was searched: no route.",
        "true, false, A list is not complete: no route."
    })
    void a_list_in_memory_is_not_called_missing(boolean inMemory, boolean complete, String last) throws Exception {
        String json = """
                {"symbols":[],"changes":[],"lists":[{"in_memory":%s,"complete":%s,"problem":"no route"}]}
                """.formatted(inMemory, complete);
        String table = SearchCommand.table(JsonValue.parse(json.getBytes(StandardCharsets.UTF_8)));
        assertThat(table.lines()).last().isEqualTo(last);
    }
}
