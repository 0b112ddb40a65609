package io.marketbrain;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The import rules of ARCHITECTURE.md, held by the build. */
class ArchitectureTest {
    private static final String ROOT = "io.marketbrain";
    private static final Path SOURCES = Path.of("src/main/java");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** Our own classes, outside the packages named. */
    private static DescribedPredicate<JavaClass> oursOutside(String... packages) {
        return resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(packages)));
    }

    @Test
    void the_model_imports_java_and_nothing_else() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + ".model..", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void json_imports_nothing_else_of_the_project() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".json..")
                .should()
                .dependOnClassesThat(oursOutside(ROOT + ".json.."))
                .check(CLASSES);
    }

    @Test
    void the_pipeline_root_imports_the_model_only() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".pipeline")
                .should()
                .dependOnClassesThat(oursOutside(ROOT + ".model..", ROOT + ".pipeline"))
                .check(CLASSES);
    }

    @Test
    void a_layer_never_sees_a_sibling_or_a_provider() {
        for (String layer : subPackages("pipeline")) {
            String own = ROOT + ".pipeline." + layer + "..";
            noClasses()
                    .that()
                    .resideInAPackage(own)
                    .should()
                    .dependOnClassesThat(oursOutside(
                            own, ROOT + ".model..", ROOT + ".pipeline", ROOT + ".telemetry", ROOT + ".security.."))
                    .check(CLASSES);
        }
    }

    @Test
    void the_provider_room_sees_no_layer_and_no_edge() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".provider")
                .should()
                .dependOnClassesThat(oursOutside(
                        ROOT + ".provider",
                        ROOT + ".json",
                        ROOT + ".model..",
                        ROOT + ".pipeline",
                        ROOT + ".telemetry",
                        ROOT + ".security.."))
                .check(CLASSES);
    }

    @Test
    void one_provider_never_sees_another() {
        for (String provider : subPackages("provider")) {
            String own = ROOT + ".provider." + provider + "..";
            noClasses()
                    .that()
                    .resideInAPackage(own)
                    .should()
                    .dependOnClassesThat(oursOutside(own, ROOT + ".json", ROOT + ".model..", ROOT + ".provider"))
                    .check(CLASSES);
        }
    }

    @Test
    void an_adapter_has_no_http_client_clock_lock_or_cache() {
        noClasses()
                .that()
                .implement(ROOT + ".provider.ProviderAdapter")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "java.util.concurrent..", "com.github.benmanes..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.InstantSource")
                .check(CLASSES);
    }

    @Test
    void the_edge_sees_the_model_the_pipeline_root_and_security() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".api..")
                .should()
                .dependOnClassesThat(oursOutside(
                        ROOT + ".api..",
                        ROOT + ".json",
                        ROOT + ".model..",
                        ROOT + ".pipeline",
                        ROOT + ".security..",
                        ROOT + ".telemetry"))
                .check(CLASSES);
    }

    @Test
    void only_the_composition_root_and_the_command_line_see_the_configuration() {
        noClasses()
                .that(oursOutside(ROOT, ROOT + ".config..", ROOT + ".cli.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".config..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "java.net.http.., provider",
        "com.github.benmanes.., pipeline.cache",
        "redis.clients.., pipeline.cache",
        "ch.qos.logback.., telemetry",
        "org.slf4j.., telemetry",
        "org.snakeyaml.., config",
        "picocli.., cli",
        "tools.jackson.., json"
    })
    void a_library_has_one_owner(String library, String owner) {
        noClasses()
                .that(oursOutside(ROOT + "." + owner + ".."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void there_are_no_package_cycles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return type.getPackageName().equals(ROOT)
                                ? SliceIdentifier.ignore()
                                : SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages below " + ROOT;
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void time_and_chance_are_injected() {
        noClasses()
                .that(not(describe("may start a clock", ArchitectureTest::startsClocks)))
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(java.time.ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(java.time.InstantSource.class, "system")
                .orShould()
                .callMethod(java.util.concurrent.ThreadLocalRandom.class, "current")
                .check(CLASSES);
    }

    private static boolean startsClocks(JavaClass type) {
        return type.getFullName().startsWith(ROOT + ".Gateway")
                || type.getFullName().startsWith(ROOT + ".Main");
    }

    @Test
    void names_say_the_job() {
        var banned = List.of("Hybrid", "Enterprise", "Manager", "Engine", "Util", "Helper", "Unified", "V2");
        assertThat(CLASSES.stream().map(JavaClass::getSimpleName))
                .noneMatch(name -> banned.stream().anyMatch(name::contains));
    }

    @Test
    void every_package_says_what_it_is_and_marks_its_nulls() throws IOException {
        Set<Path> folders = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(f -> f.toString().endsWith(".java")).forEach(f -> folders.add(f.getParent()));
        }
        for (Path folder : folders) {
            String info = Files.readString(folder.resolve("package-info.java"));
            assertThat(info).as(folder.toString()).contains("@NullMarked").contains("/**");
            if (folder.getParent().endsWith("pipeline")) {
                assertThat(info).as(folder.toString()).containsPattern("(?i)belongs[\\s*]+here");
            }
        }
    }

    @Test
    void the_main_path_stays_short() throws IOException {
        assertThat(Files.readAllLines(SOURCES.resolve("io/marketbrain/Main.java")))
                .hasSizeLessThanOrEqualTo(60);
        assertThat(Files.readAllLines(SOURCES.resolve("io/marketbrain/Gateway.java")))
                .hasSizeLessThanOrEqualTo(200);
    }

    private static List<String> subPackages(String room) {
        String prefix = ROOT + "." + room + ".";
        List<String> names = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()).replaceAll("\\..*", ""))
                .distinct()
                .sorted()
                .toList();
        assertThat(names).isNotEmpty();
        return names;
    }
}
