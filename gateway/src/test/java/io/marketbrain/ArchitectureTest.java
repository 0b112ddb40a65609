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
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The import rules of ARCHITECTURE.md, held by the build. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final String ROOT = "io.marketbrain";
    private static final Path SOURCES = Path.of("src/main/java");

    /** Many megabytes, so they go when this class is done. */
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** Reading and writing files: seen by the packages that a rule of its own lists. */
    private static final DescribedPredicate<JavaClass> FILES = resideInAPackage(ROOT + ".files..");

    /** Our own classes, outside the packages named. */
    private static DescribedPredicate<JavaClass> oursOutside(String... packages) {
        return resideInAPackage(ROOT + "..")
                .and(not(resideInAnyPackage(packages)))
                .and(not(FILES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model | ",
                "mock | model",
                "json | model",
                "payload | json, model",
                "concurrent | model",
                "files | model",
                "telemetry | concurrent, model",
                "security | model",
                "http | concurrent, model",
                "store | concurrent, model, pipeline, security, telemetry",
                "stream | concurrent, model, pipeline, pipeline.stream, telemetry",
                "alerts | concurrent, json, model, pipeline, pipeline.stream, security",
                "api | alerts, concurrent, http, json, model, pipeline, pipeline.stream, security, stream, telemetry",
                "facade | api, concurrent, http, json, model, pipeline, pipeline.stream, stream, telemetry",
                "config | alerts, api, facade, http, json, mock, model, payload, pipeline.., provider.., security,"
                        + " store, stream, telemetry",
            })
    void a_package_sees_only_what_it_may(String owner, @Nullable String allowed) {
        var packages = new ArrayList<>(List.of(ROOT + "." + owner + ".."));
        for (String name : allowed == null ? new String[0] : allowed.split(", ")) {
            packages.add(ROOT + "." + name + (name.equals("pipeline") || name.endsWith("..") ? "" : ".."));
        }
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + owner + "..")
                .should()
                .dependOnClassesThat(oursOutside(packages.toArray(String[]::new)))
                .check(classes);
    }

    @Test
    void only_packages_with_files_of_their_own_read_and_write_them() {
        noClasses()
                .that(oursOutside(
                        ROOT,
                        ROOT + ".alerts",
                        ROOT + ".cli..",
                        ROOT + ".config",
                        ROOT + ".config.descriptors",
                        ROOT + ".http.tls",
                        ROOT + ".pipeline.budget",
                        ROOT + ".pipeline.resilience",
                        ROOT + ".provider.recording",
                        ROOT + ".security",
                        ROOT + ".store.sqlite",
                        ROOT + ".wiring",
                        ROOT + ".wiring.alerts"))
                .should()
                .dependOnClassesThat(FILES)
                .check(classes);
    }

    @Test
    void the_model_imports_java_and_nothing_else() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + ".model..", "java..", "org.jspecify..")
                .check(classes);
    }

    @Test
    void the_pipeline_root_imports_the_model_only() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".pipeline")
                .should()
                .dependOnClassesThat(oursOutside(ROOT + ".model..", ROOT + ".pipeline"))
                .check(classes);
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
                            own,
                            ROOT + ".concurrent",
                            ROOT + ".model..",
                            ROOT + ".pipeline",
                            ROOT + ".store..",
                            ROOT + ".telemetry",
                            ROOT + ".security.."))
                    .check(classes);
        }
    }

    @Test
    void what_providers_share_sees_no_layer_no_store_and_no_http_server() {
        for (String shared : List.of(
                "provider",
                "provider.descriptor",
                "provider.drift",
                "provider.feed",
                "provider.recording",
                "provider.registry",
                "provider.symbols",
                "provider.transport")) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + shared)
                    .should()
                    .dependOnClassesThat(oursOutside(
                            ROOT + ".provider",
                            ROOT + ".provider.descriptor",
                            ROOT + ".provider.drift",
                            ROOT + ".provider.feed",
                            ROOT + ".provider.recording",
                            ROOT + ".provider.registry",
                            ROOT + ".provider.symbols",
                            ROOT + ".provider.transport",
                            ROOT + ".concurrent",
                            ROOT + ".json",
                            ROOT + ".model..",
                            ROOT + ".pipeline",
                            ROOT + ".pipeline.stream",
                            ROOT + ".telemetry",
                            ROOT + ".security.."))
                    .check(classes);
        }
    }

    @Test
    void one_provider_never_sees_another() {
        for (String provider : subPackages("provider")) {
            if (Set.of("descriptor", "drift", "feed", "recording", "registry", "transport")
                    .contains(provider)) {
                continue;
            }
            String own = ROOT + ".provider." + provider + "..";
            boolean mock = provider.equals("mock");
            noClasses()
                    .that()
                    .resideInAPackage(own)
                    .should()
                    .dependOnClassesThat(oursOutside(
                            own,
                            mock ? ROOT + ".mock.." : own,
                            mock ? ROOT + ".provider.symbols" : own,
                            ROOT + ".json",
                            ROOT + ".model..",
                            ROOT + ".payload",
                            ROOT + ".provider",
                            ROOT + ".provider.descriptor",
                            ROOT + ".provider.feed"))
                    .check(classes);
        }
    }

    /** What a descriptor requests and what it makes of the response share how values are written, and nothing else. */
    @Test
    void rules_for_requests_and_responses_do_not_see_each_other() {
        String mapping = ROOT + ".provider.mapping";
        mayNotSee(mapping + ".notation", mapping, mapping + ".request", mapping + ".response");
        mayNotSee(mapping + ".request", mapping, mapping + ".response");
        mayNotSee(mapping + ".response", mapping, mapping + ".request");
    }

    private void mayNotSee(String part, String... others) {
        noClasses()
                .that()
                .resideInAPackage(part)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(classes);
    }

    /** A façade is added or left out without a look at another one. */
    @Test
    void one_facade_never_sees_another() {
        for (String facade : subPackages("facade")) {
            String own = ROOT + ".facade." + facade + "..";
            noClasses()
                    .that()
                    .resideInAPackage(own)
                    .should()
                    .dependOnClassesThat(oursOutside(
                            own,
                            ROOT + ".facade",
                            ROOT + ".api..",
                            ROOT + ".http..",
                            ROOT + ".json",
                            ROOT + ".model..",
                            ROOT + ".pipeline",
                            ROOT + ".pipeline.stream",
                            ROOT + ".stream",
                            ROOT + ".telemetry"))
                    .check(classes);
        }
    }

    @Test
    void only_the_wiring_and_the_configuration_see_facades() {
        noClasses()
                .that(oursOutside(ROOT + ".facade..", ROOT + ".config..", ROOT + ".wiring..", ROOT))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".facade..")
                .check(classes);
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
                .check(classes);
    }

    @Test
    void nothing_sees_the_composition_root() {
        noClasses()
                .that(oursOutside(ROOT))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(classes);
    }

    @Test
    void only_the_wiring_and_the_command_line_see_the_configuration() {
        noClasses()
                .that(oursOutside(ROOT, ROOT + ".config..", ROOT + ".cli..", ROOT + ".wiring.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".config..")
                .check(classes);
    }

    @ParameterizedTest
    @CsvSource({
        "java.net.http.., provider.transport",
        "java.sql.., store.sqlite",
        "com.github.benmanes.., pipeline.cache",
        "redis.clients.., store.redis",
        "tools.jackson.., json",
        "javax.xml.., payload",
        "ch.qos.logback.., telemetry.log",
        "org.slf4j.., telemetry.log",
        "org.snakeyaml.., config",
        "picocli.., cli"
    })
    void a_library_has_one_owner(String library, String owner) {
        noClasses()
                .that(oursOutside(ROOT + "." + owner + ".."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void there_are_no_package_cycles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages below " + ROOT;
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void no_two_types_share_a_simple_name() throws IOException {
        var places = new TreeMap<String, List<Path>>();
        for (Path file : javaFiles(List.of("src/main/java", "src/test/java"))) {
            if (!file.endsWith("package-info.java")) {
                places.computeIfAbsent(file.getFileName().toString(), _ -> new ArrayList<>())
                        .add(file);
            }
        }
        assertThat(places).hasSizeGreaterThan(400);
        assertThat(places.values()).allSatisfy(files -> assertThat(files).hasSize(1));
    }

    @Test
    void no_package_has_too_many_files() throws IOException {
        Map<Path, Long> sizes = javaFiles(List.of("src/main/java")).stream()
                .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
        assertThat(sizes).isNotEmpty();
        sizes.forEach((folder, files) -> assertThat(files)
                .as(folder.toString())
                .isLessThanOrEqualTo(folder.toString().contains("/api") ? 25 : 30));
    }

    /** The sources of every module below the given folders. */
    private static List<Path> javaFiles(List<String> folders) throws IOException {
        var all = new ArrayList<Path>();
        for (String module : List.of("../model", "../mock-market", ".")) {
            for (String folder : folders) {
                Path sources = Path.of(module, folder);
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> files = Files.walk(sources)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
                    }
                }
            }
        }
        return all;
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
                .check(classes);
    }

    /**
     * Only {@code concurrent} starts threads. The exceptions: what runs before the gateway exists ({@code PlatformPreload}),
     * shutdown hooks ({@code Main}, {@code ResumeNotice}), the timers of the Redis clients, which run no work themselves
     * ({@code RedisTier}, {@code RedisScriptRunner}), and the threads of the JDK's HTTP client, whose futures {@code HttpTransport} waits
     * for with a deadline ({@code HttpConnections}).
     */
    @Test
    void only_concurrent_starts_threads() {
        noClasses()
                .that(oursOutside(ROOT + ".concurrent"))
                .and(not(describe(
                        "may start a thread",
                        type -> Set.of(
                                        "PlatformPreload",
                                        "Main",
                                        "HttpConnections",
                                        "ResumeNotice",
                                        "RedisTier",
                                        "RedisScriptRunner")
                                .contains(type.getSimpleName()))))
                .should()
                .callMethodWhere(describe("starts a thread", call -> startsThreads(call.getTarget())))
                .orShould()
                .callConstructorWhere(describe(
                        "creates a thread", call -> call.getTarget().getOwner().isAssignableTo(Thread.class)))
                .check(classes);
    }

    private static boolean startsThreads(AccessTarget target) {
        JavaClass owner = target.getOwner();
        return (owner.isEquivalentTo(Thread.class)
                        && Set.of("ofVirtual", "ofPlatform", "startVirtualThread")
                                .contains(target.getName()))
                || owner.isEquivalentTo(java.util.concurrent.Executors.class)
                || (owner.isAssignableTo(java.util.concurrent.CompletableFuture.class)
                        && target.getName().endsWith("Async"));
    }

    /** What waits for another thread names a time. */
    @Test
    void every_wait_has_a_deadline() {
        noClasses()
                .that(oursOutside())
                .should()
                .callMethodWhere(describe(
                        "waits without a deadline",
                        call -> call.getTarget().getRawParameterTypes().isEmpty()
                                && UNBOUNDED_WAITS.getOrDefault(call.getTarget().getName(), List.of()).stream()
                                        .anyMatch(call.getTarget().getOwner()::isAssignableTo)))
                .check(classes);
    }

    private static final Map<String, List<Class<?>>> UNBOUNDED_WAITS = Map.of(
            "join",
            List.of(Thread.class, java.util.concurrent.CompletableFuture.class),
            "get",
            List.of(java.util.concurrent.Future.class),
            "take",
            List.of(java.util.concurrent.BlockingQueue.class),
            "await",
            List.of(
                    java.util.concurrent.CountDownLatch.class,
                    java.util.concurrent.CyclicBarrier.class,
                    java.util.concurrent.locks.Condition.class),
            "acquire",
            List.of(java.util.concurrent.Semaphore.class),
            "acquireUninterruptibly",
            List.of(java.util.concurrent.Semaphore.class),
            "park",
            List.of(java.util.concurrent.locks.LockSupport.class));

    private static boolean startsClocks(JavaClass type) {
        return type.getFullName().startsWith(ROOT + ".Gateway")
                || type.getFullName().startsWith(ROOT + ".Main");
    }

    @Test
    void names_say_the_job() {
        var banned = List.of("Hybrid", "Enterprise", "Manager", "Engine", "Util", "Helper", "Unified", "V2");
        // The JDK's interfaces for keys and certificates are called managers.
        assertThat(classes.stream()
                        .filter(type -> !type.isAssignableTo("javax.net.ssl.KeyManager")
                                && !type.isAssignableTo("javax.net.ssl.TrustManager"))
                        .map(JavaClass::getSimpleName))
                .noneMatch(name -> banned.stream().anyMatch(name::contains));
    }

    @Test
    void every_package_says_what_it_is_and_marks_its_nulls() throws IOException {
        Set<Path> folders = new TreeSet<>();
        javaFiles(List.of("src/main/java")).forEach(file -> folders.add(file.getParent()));
        for (Path folder : folders) {
            String info = Files.readString(folder.resolve("package-info.java"));
            assertThat(info).as(folder.toString()).contains("@NullMarked").contains("/**");
            if (folder.getParent().endsWith("pipeline")) {
                assertThat(info).as(folder.toString()).containsPattern("(?i)belongs[\\s*]+here");
            }
        }
    }

    /**
     * The ahead-of-time cache of Java 25 keeps no lambda of an interface that has both default methods and a static initializer:
     * each start would link it anew.
     */
    @Test
    void an_interface_for_lambdas_has_no_default_method_beside_a_computed_constant() {
        assertThat(classes.stream()
                        .filter(type -> type.isInterface()
                                && type.getStaticInitializer().isPresent()
                                && abstractMethods(type) == 1
                                && instanceMethods(type) > 1)
                        .map(JavaClass::getName))
                .isEmpty();
    }

    private static long abstractMethods(JavaClass type) {
        return type.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                .count();
    }

    private static long instanceMethods(JavaClass type) {
        return type.getMethods().stream()
                .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
                .count();
    }

    @Test
    void the_main_path_stays_short() throws IOException {
        assertThat(Files.readAllLines(SOURCES.resolve("io/marketbrain/Main.java")))
                .hasSizeLessThanOrEqualTo(60);
        assertThat(Files.readAllLines(SOURCES.resolve("io/marketbrain/Gateway.java")))
                .hasSizeLessThanOrEqualTo(200);
    }

    private List<String> subPackages(String room) {
        String prefix = ROOT + "." + room + ".";
        List<String> names = classes.stream()
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
