package io.marketbrain.pipeline.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.cache.redis.RedisStatePolicy.Event;
import io.marketbrain.pipeline.cache.redis.RedisStatePolicy.TrackedState;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The state diagram in the documentation matches the policy. */
class StatePictureTest {
    private static final Pattern EDGE = Pattern.compile("(?m)^ {4}([A-Z_]+) --> ([A-Z_]+): ");

    @Test
    void the_diagram_has_exactly_the_state_changes_of_the_policy() throws IOException {
        var drawn = new TreeSet<String>();
        EDGE.matcher(Files.readString(Path.of("..", "docs", "caching.md")))
                .results()
                .forEach(edge -> drawn.add(edge.group(1) + " --> " + edge.group(2)));
        assertThat(drawn).isEqualTo(changes());
    }

    private static Set<String> changes() {
        var changes = new TreeSet<String>();
        for (State from : State.values()) {
            for (Event event : Event.values()) {
                TrackedState now = TrackedState.in(from);
                for (int i = 0; i < RedisStatePolicy.TIMEOUTS_TO_DOWN && now.state() == from; i++) {
                    now = RedisStatePolicy.after(now, event);
                }
                if (now.state() != from) {
                    changes.add(from + " --> " + now.state());
                }
            }
        }
        return changes;
    }
}
