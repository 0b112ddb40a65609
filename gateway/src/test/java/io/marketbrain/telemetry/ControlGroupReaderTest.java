package io.marketbrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupReaderTest {
    private static final String UNLIMITED = "9223372036854771712";

    @TempDir
    Path folder;

    private void limit(String file, String text) throws IOException {
        Path path = folder.resolve("groups").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }

    private void found(String membership, OptionalLong expected) throws Exception {
        Path groups = Files.createDirectories(folder.resolve("groups"));
        Path file = Files.writeString(folder.resolve("cgroup"), membership);
        assertThat(new ControlGroupReader(file, groups).findMemoryLimit()).isEqualTo(expected);
    }

    @Test
    void finds_the_limit_of_a_group_of_version_2() throws Exception {
        limit("a/b/memory.max", "67108864");
        limit("a/memory.max", "max");
        found("0::/a/b\n", OptionalLong.of(67_108_864));
    }

    @Test
    void a_lower_limit_of_a_surrounding_group_counts() throws Exception {
        limit("a/b/memory.max", "67108864");
        limit("a/memory.max", "1000");
        found("0::/a/b\n", OptionalLong.of(1000));
    }

    @Test
    void finds_the_limit_of_a_group_of_version_1_among_other_controllers() throws Exception {
        limit("memory/memory.limit_in_bytes", UNLIMITED);
        limit("memory/a/memory.limit_in_bytes", "100663296");
        found("9:name=systemd:/\n4:cpu,memory:/a\n3:cpuset:/\n0::/\n", OptionalLong.of(100_663_296));
    }

    @Test
    void in_a_container_the_limit_is_that_of_the_mounted_folder() throws Exception {
        limit("memory/memory.limit_in_bytes", "67108864");
        found("4:memory:/docker/0123\n", OptionalLong.of(67_108_864));
    }

    @Test
    void finds_nothing_without_groups_or_limits() throws Exception {
        limit("memory.max", "max");
        found("", OptionalLong.empty());
        found("0::/\n", OptionalLong.empty());
        assertThat(new ControlGroupReader(folder.resolve("missing"), folder).findMemoryLimit())
                .isEmpty();
    }
}
