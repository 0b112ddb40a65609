package io.marketbrain.provider.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearntPathsTest {
    private static List<String> paths(String json) throws MalformedPayload {
        List<String> paths = new ArrayList<>();
        LearntPaths.walk(
                JsonValue.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                (path, _) -> paths.add(path));
        return paths;
    }

    @Test
    void places_are_those_of_members_at_every_depth() throws MalformedPayload {
        assertThat(paths("{'a':1,'b':[{'c':2},{'d':{'e':[3]}}]}"))
                .containsExactly("$.a", "$.b", "$.b[].c", "$.b[].d", "$.b[].d.e");
    }

    @Test
    void nothing_is_new_before_enough_responses_in_a_row_had_nothing_new() {
        var learnt = new LearntPaths();
        for (int i = 0; i < LearntPaths.QUIET_RESPONSES; i++) {
            assertThat(learnt.contains("$.b")).isTrue();
            learnt.learn(List.of("$.a"));
        }
        assertThat(learnt.isKnown()).as("the first response had something new").isFalse();
        learnt.learn(List.of("$.a"));
        assertThat(learnt.isKnown()).isTrue();
        assertThat(learnt.contains("$.a")).isTrue();
        assertThat(learnt.contains("$.b")).isFalse();
    }

    @Test
    void names_that_are_data_are_given_up_within_the_limit() {
        var learnt = new LearntPaths();
        for (int i = 0; i < 10_000; i++) {
            learnt.learn(List.of("$.coin" + i));
        }
        assertThat(learnt.isGivenUp()).isTrue();
        assertThat(learnt.contains("$.another")).isTrue();
    }
}
