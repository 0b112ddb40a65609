package io.marketbrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The {@code brain} script in a temporary project, with a fake Java and a fake Maven that only report how they were
 * called.
 */
class BrainScriptTest {
    private static final String[] TOOLS = {
        "bash", "env", "find", "readlink", "mkdir", "rm", "mv", "grep", "sort", "tr", "cat", "id", "sleep", "touch"
    };

    @TempDir
    Path folder;

    private Path home;
    private Path tools;
    private Path calls;
    private final Map<String, String> environment = new TreeMap<>();

    record Ended(int code, String out, String err, long pid) {}

    @BeforeEach
    void project() throws IOException {
        home = Files.createDirectories(folder.resolve("the project"));
        calls = folder.resolve("maven.calls");
        Files.copy(Path.of("../brain"), home.resolve("brain"));
        executable(home.resolve("brain"));
        Files.createDirectories(home.resolve("gateway/src/main/java"));
        for (String file : List.of("pom.xml", "gateway/pom.xml", "gateway/src/main/java/A.java")) {
            old(Files.writeString(home.resolve(file), "x"));
        }
        old(home.resolve("gateway/src/main/java"));
        old(home.resolve("gateway/src/main"));
        tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Path usr = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(tools.resolve(tool), Files.exists(usr) ? usr : Path.of("/bin", tool));
        }
        environment.put("PATH", tools.toString());
        environment.put("HOME", folder.toString());
        environment.put("BRAIN_JDK_FOLDERS", folder.resolve("jvms").toString());
        environment.put("BRAIN_AOT", "off");
        environment.put("JAVA_HOME", jdk("default", "25.0.3").toString());
        maven("exit 0");
    }

    private static void old(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-01-01T00:00:00Z")));
    }

    private static void executable(Path file) {
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Path script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + body + "\n");
        executable(file);
        return file;
    }

    /** A Java that prints its own folder, its process and its arguments. */
    private Path jdk(String name, String version) throws IOException {
        Path jdk = folder.resolve("jdks").resolve(name);
        return jdkIn(jdk, version);
    }

    private Path jdkIn(Path jdk, String version) throws IOException {
        script(jdk.resolve("bin/java"), "echo java \"" + jdk + "\" $$ \"$BRAIN_HOME\" \"$@\"; exit ${FAKE_EXIT:-0}");
        script(jdk.resolve("bin/javac"), "exit 0");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    /** A Maven that notes its arguments, makes the jar and ends as told. */
    private void maven(String end) throws IOException {
        script(
                tools.resolve("mvn"),
                "echo \"$JAVA_HOME|$PWD|$*\" >>'" + calls + "'\nmkdir -p gateway/target\n"
                        + "echo '[INFO] noise'\ntouch gateway/target/market-intel-brain.jar\n" + end);
    }

    private int builds() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    private Ended brain(String... arguments) throws IOException {
        return run(home, "./brain", arguments);
    }

    private Ended run(Path from, String command, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        var builder = new ProcessBuilder(line)
                .directory(from.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8),
                process.pid());
    }

    @Test
    void builds_first_and_then_becomes_java_with_every_argument() throws IOException {
        Ended ended = brain("serve", "--set", "log.level=DEBUG", "a b");
        assertThat(ended.code()).isZero();
        assertThat(ended.err()).contains("building").doesNotContain("noise");
        assertThat(ended.out())
                .startsWith("java " + folder.resolve("jdks/default") + " " + ended.pid() + " " + home + " ")
                .contains(" @" + home.resolve("gateway/src/dist/jvm.options") + " ")
                .endsWith("-jar " + home.resolve("gateway/target/market-intel-brain.jar")
                        + " serve --set log.level=DEBUG a b\n");
        assertThat(Files.readString(calls)).startsWith(folder.resolve("jdks/default") + "|" + home + "|");
    }

    @Test
    void the_exit_code_is_that_of_the_gateway() throws IOException {
        environment.put("FAKE_EXIT", "3");
        assertThat(brain().code()).isEqualTo(3);
    }

    @Test
    void does_not_build_again_while_nothing_has_changed() throws IOException {
        brain();
        Ended second = brain();
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void builds_again_when_a_source_a_pom_or_a_folder_has_changed() throws IOException {
        brain();
        for (String changed : List.of("gateway/src/main/java/A.java", "pom.xml", "gateway/pom.xml")) {
            int before = builds();
            Files.setLastModifiedTime(home.resolve(changed), FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
            assertThat(brain().err()).as(changed).contains("the sources have changed");
            old(home.resolve(changed));
            assertThat(builds()).as(changed).isEqualTo(before + 1);
            brain();
            assertThat(builds()).as("settled after " + changed).isEqualTo(before + 1);
        }
        Files.setLastModifiedTime(
                home.resolve("gateway/src/main/java"), FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
        int before = builds();
        brain();
        assertThat(builds()).as("a file was added or removed").isEqualTo(before + 1);
    }

    @Test
    void a_failed_build_shows_what_the_compiler_said_and_starts_nothing() throws IOException {
        maven("echo '[ERROR] A.java:[3,1] cannot find symbol'; echo '[ERROR] -> [Help 1]'; exit 1");
        Ended ended = brain();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("A.java:[3,1] cannot find symbol", "the build failed")
                .doesNotContain("noise", "[Help 1]");
        maven("exit 0");
        assertThat(brain().code()).isZero();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void without_maven_says_what_to_install() throws IOException {
        Files.delete(tools.resolve("mvn"));
        Ended ended = brain();
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).contains("needs Apache Maven", "apt-get install maven");
    }

    /** Removes Java and Maven from the project's machine and puts a package manager there. */
    private void freshMachineWith(String manager, String body) throws IOException {
        environment.remove("JAVA_HOME");
        Files.delete(tools.resolve("mvn"));
        script(tools.resolve(manager), "echo " + manager + " \"$@\" >>'" + calls + "'\n" + body);
    }

    private void userId(int id) throws IOException {
        Files.delete(tools.resolve("id"));
        script(tools.resolve("id"), "echo " + id);
    }

    @ParameterizedTest
    @CsvSource({
        "apt-get, sudo apt-get install openjdk-25-jdk-headless maven",
        "dnf, sudo dnf install java-25-openjdk-devel maven",
        "pacman, sudo pacman -S jdk-openjdk maven",
        "apk, sudo apk add openjdk25 maven",
        "brew, brew install openjdk@25 maven",
    })
    void a_machine_without_java_and_maven_is_told_the_packages_of_its_system(String manager, String command)
            throws IOException {
        freshMachineWith(manager, "exit 1");
        userId(1000);
        Ended ended = brain();
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err().lines()).contains("  " + command);
        assertThat(ended.err().lines().filter(line -> line.contains("install"))).hasSizeLessThanOrEqualTo(3);
        assertThat(calls).as("nothing was installed").doesNotExist();
    }

    /** An apt-get that installs the fake Java and the fake Maven. */
    private String installing() throws IOException {
        Path java = jdk("packaged", "25.0.3");
        Path mvn = script(
                folder.resolve("packaged-mvn"),
                "echo \"$JAVA_HOME|$PWD|$*\" >>'" + calls + "'\nmkdir -p gateway/target\n"
                        + "touch gateway/target/market-intel-brain.jar");
        Path jvms = Files.createDirectories(folder.resolve("jvms"));
        return "case \"$*\" in *openjdk-25-jdk-headless*) ln -s '" + java + "' '" + jvms.resolve("java-25")
                + "' ;; *maven*) ln -s '" + mvn + "' '" + tools.resolve("mvn") + "' ;; esac";
    }

    @Test
    void root_gets_java_and_maven_installed_where_there_is_apt() throws IOException {
        freshMachineWith("apt-get", installing());
        Files.createSymbolicLink(tools.resolve("ln"), Path.of("/bin/ln"));
        userId(0);
        Ended ended = brain("version");
        assertThat(ended.err()).contains("installing openjdk-25-jdk-headless", "installing maven");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).endsWith(" version\n");
    }

    @Test
    void sudo_is_used_only_when_asked_for() throws IOException {
        freshMachineWith("apt-get", installing());
        Files.createSymbolicLink(tools.resolve("ln"), Path.of("/bin/ln"));
        script(tools.resolve("sudo"), "echo sudo >>'" + calls + "'; exec \"$@\"");
        userId(1000);
        assertThat(brain("version").code()).isEqualTo(4);
        assertThat(calls).doesNotExist();
        environment.put("BRAIN_INSTALL", "yes");
        Ended ended = brain("version");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(Files.readAllLines(calls).getFirst()).isEqualTo("sudo");
    }

    @Test
    void root_can_forbid_the_installation() throws IOException {
        freshMachineWith("apt-get", installing());
        userId(0);
        environment.put("BRAIN_INSTALL", "no");
        assertThat(brain().code()).isEqualTo(4);
        assertThat(calls).doesNotExist();
    }

    @Test
    void a_package_that_cannot_be_installed_leads_to_the_instructions() throws IOException {
        freshMachineWith("apt-get", "exit 100");
        userId(0);
        Ended ended = brain();
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err())
                .contains("could not install openjdk-25-jdk-headless", "https://adoptium.net", "needs a JDK 25");
    }

    @Test
    void a_build_reports_each_stage_with_its_seconds() throws IOException {
        maven("""
                echo '[INFO] Building gateway 1.0.0 [4/4]'
                echo '[INFO] --- compiler:3.14.1:compile (default-compile) @ gateway ---'
                echo '[INFO] --- jar:3.4.2:jar (default-jar) @ gateway ---'
                """);
        assertThat(brain().err().lines())
                .anyMatch(line -> line.matches(" +\\d+ s {2}gateway: compiler:3.14.1:compile"))
                .anyMatch(line -> line.matches(" +\\d+ s {2}gateway: jar:3.4.2:jar"));
    }

    @Test
    void a_build_that_fails_without_an_error_line_shows_its_last_lines() throws IOException {
        maven("for i in {1..30}; do echo \"[INFO] line $i\"; done; exit 1");
        assertThat(brain().err())
                .contains("[INFO] line 30\n", "[INFO] line 11\n")
                .doesNotContain("[INFO] line 10\n");
    }

    @Test
    void a_checkout_in_a_folder_with_other_characters_builds_and_runs_in_any_locale() throws IOException {
        Path odd = folder.resolve("Préis äöü 市场");
        Files.move(home, odd);
        home = odd;
        script(folder.resolve("jdks/default/bin/java"), "echo \"$LC_ALL $BRAIN_HOME\"");
        assertThat(brain().out()).isEqualTo("C.UTF-8 " + odd + "\n");
        environment.put("LC_ALL", "de_DE.UTF-8");
        assertThat(brain().out()).isEqualTo("de_DE.UTF-8 " + odd + "\n");
    }

    @Test
    void an_old_java_home_is_passed_over_for_the_java_on_the_path_behind_links() throws IOException {
        environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
        Path newer = jdk("newer", "26");
        Files.createSymbolicLink(folder.resolve("alternative"), newer.resolve("bin/java"));
        Files.createSymbolicLink(tools.resolve("java"), folder.resolve("alternative"));
        assertThat(brain().out()).startsWith("java " + newer);
    }

    @Test
    void the_usual_folders_are_searched_also_in_the_forms_of_other_systems() throws IOException {
        environment.remove("JAVA_HOME");
        Path macos = jdkIn(folder.resolve("jvms/temurin-25.jdk/Contents/Home"), "25");
        jdkIn(folder.resolve("jvms/jdk-21"), "21.0.1");
        assertThat(brain().out()).startsWith("java " + macos);
    }

    @Test
    void a_java_without_a_release_file_is_asked_for_its_version() throws IOException {
        Path odd = jdk("odd", "25");
        Files.delete(odd.resolve("release"));
        script(
                odd.resolve("bin/java"),
                "[[ $1 == -version ]] && echo 'openjdk version \"25.0.1\" 2025' >&2 || echo odd");
        environment.put("JAVA_HOME", odd.toString());
        assertThat(brain().out()).isEqualTo("odd\n");
    }

    @Test
    void without_a_new_java_says_which_were_found_and_what_to_install() throws IOException {
        environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
        jdkIn(folder.resolve("jvms/eight"), "1.8.0_402");
        Ended ended = brain();
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err())
                .contains("needs a JDK 25 or newer")
                .contains(folder.resolve("jdks/old") + " is Java 17.0.15")
                .contains(folder.resolve("jvms/eight") + " is Java 1.8.0_402")
                .contains("openjdk-25-jdk");
        environment.remove("JAVA_HOME");
        environment.put("BRAIN_JDK_FOLDERS", folder.resolve("nowhere").toString());
        assertThat(brain().err()).contains("no Java found");
    }

    @Test
    void a_java_without_compiler_runs_what_is_built_and_does_not_build() throws IOException {
        brain();
        Path jre = jdk("jre", "25.0.3");
        Files.delete(jre.resolve("bin/javac"));
        environment.put("JAVA_HOME", jre.toString());
        assertThat(brain().out()).startsWith("java " + jre);
        Files.delete(home.resolve("gateway/target/market-intel-brain.jar"));
        Ended ended = brain();
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).contains(jre + " is Java 25.0.3 without a compiler");
    }

    @Test
    void the_java_found_last_time_counts_until_something_about_the_search_changes() throws IOException {
        environment.remove("JAVA_HOME");
        Path one = jdkIn(folder.resolve("jvms/b"), "25");
        brain();
        Path two = jdkIn(folder.resolve("jvms/a"), "25");
        assertThat(brain().out()).startsWith("java " + one);
        environment.put("JAVA_HOME", two.toString());
        assertThat(brain().out()).startsWith("java " + two);
        environment.remove("JAVA_HOME");
        Files.delete(one.resolve("bin/java"));
        assertThat(brain().out()).startsWith("java " + two);
    }

    @Test
    void works_from_anywhere_and_through_links() throws IOException {
        brain();
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("brain"), home.resolve("brain"));
        Files.createSymbolicLink(bin.resolve("again"), Path.of("brain"));
        for (String command : List.of(
                home.resolve("brain").toString(),
                bin.resolve("brain").toString(),
                bin.resolve("again").toString(),
                "../bin/again",
                "../the project/brain")) {
            Ended ended = run(elsewhere, command, "version");
            assertThat(ended.out()).as(command).contains(" " + home + " ").endsWith(" version\n");
        }
        environment.put("PATH", bin + ":" + tools);
        assertThat(run(elsewhere, "bash", "-c", "brain version").out()).contains(" " + home + " ");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void works_without_a_home_folder() throws IOException {
        environment.remove("HOME");
        environment.remove("JAVA_HOME");
        jdkIn(folder.resolve("jvms/x"), "25");
        assertThat(brain().code()).isZero();
    }

    @Test
    void the_ahead_of_time_cache_is_used_where_it_is_newer_than_the_jar() throws IOException {
        brain();
        Path cache = Files.writeString(home.resolve("gateway/target/brain.aot"), "x");
        old(cache);
        assertThat(brain().out()).doesNotContain("-XX:AOTCache");
        Files.setLastModifiedTime(cache, FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
        assertThat(brain().out()).contains("-XX:AOTCache=" + cache);
        Files.delete(home.resolve("gateway/target/market-intel-brain.jar"));
        brain();
        assertThat(cache).as("a cache of an older build").doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "environment | KRAKEN_MODE | live | true",
                "environment | KRAKEN_MODE | mock | false",
                "environment | LIVE_PROVIDERS | kraken | true",
                "environment | LIVE_PROVIDERS | '' | false",
                ".env | # mine | KRAKEN_MODE=live | true",
                ".env | KRAKEN_MODE=mock | # a password would be here | false",
                ".env | #KRAKEN_MODE=live | LIVE_PROVIDERS=kraken | true",
                ".env | #KRAKEN_MODE=live | LIVE_PROVIDERS= | false",
                ".env | KRAKEN_MODE = live | 'export X=\"1\"\r' | true",
                ".env | 'export KRAKEN_MODE=\"live\" # mine\r' | '' | true",
                ".env | KRAKEN_MODE=lively | 'LIVE_PROVIDERS=\r' | false",
                ".env | 'LIVE_PROVIDERS=\"\"' | LIVE_PROVIDERS= # none | false",
                ".env | FINNHUB_API_KEY=x | '' | true",
                ".env | OPENAI_API_KEY=x | 'FINNHUB_API_KEY=\"\"' | false",
                "environment | FINNHUB_API_KEY | x | true",
                "environment | FINNHUB_API_KEY | '' | false",
                "environment | OPENAI_API_KEY | x | false",
                "brain.yaml | kraken: | '  mode: live' | true",
                "brain.yaml | kraken: | '  mode: \"live\"\r' | true",
                "brain.yaml | finnhub: | '  api_key: x' | true",
                "brain.yaml | finnhub: | '  api_key: \"\"' | false",
                "brain.yaml | live_providers: | '  - kraken' | true",
                "brain.yaml | 'live_providers: [kraken]' | '' | true",
                "brain.yaml | 'live_providers: []\r' | '' | false",
                "brain.yaml | 'live_providers: # none' | 'server:' | false",
            })
    void a_live_provider_has_a_cache_of_its_own(String place, String first, String second, boolean live)
            throws IOException {
        for (String file : List.of("src/dist/live.sh", "src/main/resources/providers/index.tsv")) {
            Path copy = home.resolve("gateway").resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of(file), copy);
        }
        brain();
        for (String name : List.of("brain.aot", "brain-live.aot")) {
            Path cache = Files.writeString(home.resolve("gateway/target").resolve(name), "x");
            Files.setLastModifiedTime(cache, FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
        }
        if (place.equals("environment")) {
            environment.put(first, second);
        } else {
            Files.writeString(home.resolve(place), first + "\n" + second + "\n");
        }
        assertThat(brain().out())
                .contains("-XX:AOTCache=" + home.resolve("gateway/target") + (live ? "/brain-live.aot" : "/brain.aot"));
    }

    @Test
    void flags_of_the_user_reach_the_jvm() throws IOException {
        environment.put("BRAIN_JAVA_OPTS", "-Xmx64m -Dx=y");
        assertThat(brain().out()).contains(" -Xmx64m -Dx=y -jar ");
    }

    @Test
    void build_builds_even_when_nothing_has_changed() throws IOException {
        brain();
        assertThat(brain("build").code()).isZero();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void test_runs_maven_with_further_arguments_and_ends_as_it_ends() throws IOException {
        script(tools.resolve("redis-server"), "");
        script(tools.resolve("chromium"), "");
        maven("exit 1");
        Ended ended = brain("test", "-Dformat.goal=check", "-Dx=a b");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(Files.readString(calls)).contains(" verify -Dformat.goal=check -Dx=a b");
        maven("exit 0");
        assertThat(brain("test").code()).isZero();
    }

    @Test
    void test_names_what_is_missing_where_it_may_not_install_it() throws IOException {
        script(tools.resolve("chromium"), "");
        Ended plain = brain("test");
        assertThat(plain.code()).isEqualTo(4);
        assertThat(plain.err()).contains("redis-server").doesNotContain("chromium");

        script(tools.resolve("apt-get"), "echo apt-get \"$@\" >>'" + calls + "'");
        Files.delete(tools.resolve("id"));
        script(tools.resolve("id"), "echo 1000");
        Ended user = brain("test");
        assertThat(user.code()).isEqualTo(4);
        assertThat(user.err()).contains("sudo apt-get install redis-server");
        assertThat(builds()).isZero();
    }

    @Test
    void test_installs_what_is_missing_where_it_may() throws IOException {
        script(
                tools.resolve("apt-get"),
                "echo apt-get \"$@\" >>'" + calls + "'\n[[ $* == *update* || -e '" + folder + "/updated' ]]; code=$?\n"
                        + "[[ $* == *update* ]] && touch '" + folder + "/updated'\nexit $code");
        Files.delete(tools.resolve("id"));
        script(tools.resolve("id"), "echo 0");
        Ended ended = brain("test");
        assertThat(ended.code()).isZero();
        List<String> lines = Files.readAllLines(calls);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .startsWith("apt-get ")
                .endsWith("install --no-install-recommends redis-server chromium");
        assertThat(lines.get(1)).endsWith(" update");
        assertThat(lines.get(2)).isEqualTo(lines.get(0));
        assertThat(lines.get(3)).contains(" verify");
    }

    @Test
    void bench_runs_the_harness_and_admits_when_there_is_none() throws IOException {
        Ended none = brain("bench");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("this checkout contains no benchmarks");
        script(home.resolve("bench/run"), "echo bench \"$JAVA_HOME\" \"$@\"");
        assertThat(brain("bench", "--short").out()).isEqualTo("bench " + folder.resolve("jdks/default") + " --short\n");
    }

    @Test
    void help_for_the_commands_of_the_script_comes_from_the_gateway() throws IOException {
        assertThat(brain("test", "--help").out()).endsWith(" test --help\n");
        assertThat(brain("bench", "-h").out()).endsWith(" bench -h\n");
    }
}
