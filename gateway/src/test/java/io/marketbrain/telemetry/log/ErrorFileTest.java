package io.marketbrain.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorFileTest {
    @TempDir
    Path folder;

    @Test
    void folder_and_file_appear_with_the_first_line() throws IOException {
        Path path = folder.resolve("logs/deep/errors.log");
        ErrorFile file = new ErrorFile(path, 100, 3);
        assertThat(folder).isEmptyDirectory();

        file.write(line("first"));

        assertThat(path).hasContent("first");
    }

    @Test
    void lines_are_appended_to_the_file_of_an_earlier_run() throws IOException {
        Files.writeString(path(), "earlier\n");

        new ErrorFile(path(), 100, 3).write(line("later"));

        assertThat(path()).hasContent("earlier\nlater");
    }

    @Test
    void a_line_that_would_exceed_the_size_goes_to_a_new_file() throws IOException {
        ErrorFile file = new ErrorFile(path(), 10, 2);

        for (String text : new String[] {"aaaa", "bbbb", "cccc", "dddd", "eeee"}) {
            file.write(line(text));
        }

        assertThat(path()).hasContent("eeee");
        assertThat(folder.resolve("errors.log.1")).hasContent("cccc\ndddd");
        assertThat(folder.resolve("errors.log.2")).hasContent("aaaa\nbbbb");
    }

    @Test
    void no_more_files_are_kept_than_asked_for() throws IOException {
        ErrorFile file = new ErrorFile(path(), 5, 2);

        for (int i = 0; i < 9; i++) {
            file.write(line("no " + i));
        }

        assertThat(names()).containsExactlyInAnyOrder("errors.log", "errors.log.1", "errors.log.2");
        assertThat(path()).hasContent("no 8");
        assertThat(folder.resolve("errors.log.1")).hasContent("no 7");
        assertThat(folder.resolve("errors.log.2")).hasContent("no 6");
    }

    @Test
    void with_none_kept_the_file_starts_over() throws IOException {
        ErrorFile file = new ErrorFile(path(), 5, 0);

        file.write(line("one"));
        file.write(line("two"));

        assertThat(names()).containsExactly("errors.log");
        assertThat(path()).hasContent("two");
    }

    @Test
    void a_gap_among_the_kept_files_does_not_stop_rotation() throws IOException {
        ErrorFile file = new ErrorFile(path(), 5, 3);
        file.write(line("one"));
        file.write(line("two"));
        file.write(line("thr"));
        Files.delete(folder.resolve("errors.log.1"));

        file.write(line("fou"));

        assertThat(path()).hasContent("fou");
        assertThat(folder.resolve("errors.log.1")).hasContent("thr");
        assertThat(folder.resolve("errors.log.3")).hasContent("one");
    }

    @Test
    void a_file_removed_in_between_is_created_again() throws IOException {
        ErrorFile file = new ErrorFile(path(), 100, 3);
        file.write(line("one"));
        Files.delete(path());

        file.write(line("two"));

        assertThat(path()).hasContent("two");
    }

    @Test
    void a_folder_removed_in_between_is_created_again() throws IOException {
        Path path = folder.resolve("logs/errors.log");
        ErrorFile file = new ErrorFile(path, 100, 3);
        file.write(line("one"));
        Files.delete(path);
        Files.delete(path.getParent());

        file.write(line("two"));

        assertThat(path).hasContent("two");
    }

    @Test
    void a_file_moved_away_by_another_program_is_not_touched() throws IOException {
        ErrorFile file = new ErrorFile(path(), 100, 3);
        file.write(line("one"));
        Files.move(path(), folder.resolve("mine"));

        file.write(line("two"));

        assertThat(folder.resolve("mine")).hasContent("one");
        assertThat(path()).hasContent("two");
    }

    @Test
    void a_file_in_place_of_the_folder_is_a_failure_each_time_and_not_the_end() throws IOException {
        Path notFolder = Files.writeString(folder.resolve("logs"), "a file");
        ErrorFile file = new ErrorFile(notFolder.resolve("errors.log"), 100, 3);

        assertThatThrownBy(() -> file.write(line("one"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> file.write(line("two"))).isInstanceOf(IOException.class);
        Files.delete(notFolder);
        file.write(line("three"));

        assertThat(notFolder.resolve("errors.log")).hasContent("three");
    }

    @Test
    void a_device_that_is_always_full_is_a_failure() {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "this system has no /dev/full");

        assertThatThrownBy(() -> new ErrorFile(full, 100, 3).write(line("one"))).isInstanceOf(IOException.class);
    }

    @Test
    void a_full_disk_loses_lines_and_recovers_on_a_new_line() throws Exception {
        try (SmallDisk disk = SmallDisk.mountedOver(folder, "64k")) {
            ErrorFile file = new ErrorFile(path(), 1_000_000, 3);
            Path ballast = Files.write(folder.resolve("ballast"), new byte[16 * 1024]);
            int whole = 0;
            try {
                for (; whole < 1000; whole++) {
                    file.write(line("x".repeat(999)));
                }
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("No space left");
            }
            assertThat(whole).isBetween(1, 64);
            assertThatThrownBy(() -> file.write(line("y".repeat(999)))).isInstanceOf(IOException.class);

            Files.delete(ballast);
            file.write(line("recovered"));

            assertThat(Files.readAllLines(path()).stream().filter("x".repeat(999)::equals))
                    .hasSize(whole);
            assertThat(Files.readAllLines(path())).last().isEqualTo("recovered");
        }
    }

    @Test
    void a_read_only_folder_is_a_failure_until_it_is_writable_again() throws Exception {
        try (SmallDisk disk = SmallDisk.mountedOver(folder, "64k")) {
            ErrorFile file = new ErrorFile(folder.resolve("logs/errors.log"), 100, 3);
            disk.makeReadOnly();
            assertThatThrownBy(() -> file.write(line("one"))).isInstanceOf(IOException.class);

            disk.makeWritable();
            file.write(line("two"));

            assertThat(folder.resolve("logs/errors.log")).hasContent("two");
        }
    }

    private Path path() {
        return folder.resolve("errors.log");
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_named_pipe_that_nobody_reads_does_not_block_the_log() throws Exception {
        Path pipe = path().resolveSibling("pipe");
        Files.createDirectories(pipe.toAbsolutePath().getParent());
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> new ErrorFile(pipe, 100, 3).write(line("late")))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("not a regular file"));
    }
}
