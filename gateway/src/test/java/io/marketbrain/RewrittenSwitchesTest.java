package io.marketbrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Modifier;
import java.lang.runtime.SwitchBootstraps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every type switch that the build step rewrote selects what the JDK's own linkage selects. The types it selects by are
 * read from class files that javac writes here from the same sources.
 */
class RewrittenSwitchesTest {
    private static final Set<String> LINKAGE = Set.of("SwitchBootstraps", "ObjectMethods");
    private static final List<Path> SOURCES = List.of(
            Path.of("../model/src/main/java"),
            Path.of("../mock-market/src/main/java"),
            Path.of("src/main/java"),
            Path.of("target/generated-sources/annotations"));

    /** A rewritten switch: the method that replaces it, and the types that it selects by. */
    private record Site(String owner, String method, List<ConstantDesc> labels) {}

    @TempDir
    static Path untouched;

    private static BuiltClasses built;
    private static List<Site> switches;

    @BeforeAll
    static void find_switches() throws IOException {
        built = new BuiltClasses();
        switches = findSwitches();
    }

    @Test
    void rewritten_switches_select_as_the_jdk_does() throws Throwable {
        assertThat(switches.size()).isGreaterThan(45);
        assertThat(findFaults(built)).isEmpty();
    }

    @Test
    void a_switch_that_ignores_where_to_restart_is_found() throws Throwable {
        assertThat(findFaults(new BuiltClasses(
                        element -> element instanceof LoadInstruction load && load.typeKind() == TypeKind.INT,
                        CodeBuilder::iconst_0)))
                .hasSizeGreaterThan(switches.size());
    }

    @Test
    void a_switch_that_takes_null_for_the_first_label_is_found() throws Throwable {
        assertThat(findFaults(new BuiltClasses(element -> BuiltClasses.isConstant(element, -1), CodeBuilder::iconst_0)))
                .hasSizeGreaterThanOrEqualTo(switches.size());
    }

    private static List<String> findFaults(BuiltClasses classes) throws Throwable {
        List<String> faults = new ArrayList<>();
        List<Object> instances = instances(classes);
        for (Site site : switches) {
            Class<?> owner = classes.loadClass(site.owner());
            MethodHandles.Lookup lookup = classes.lookupIn(owner);
            MethodHandle plain = lookup.unreflect(Arrays.stream(owner.getDeclaredMethods())
                    .filter(method -> method.getName().equals(site.method()))
                    .findAny()
                    .orElseThrow());
            Object[] labels = resolve(lookup, site.labels());
            MethodHandle jdk = SwitchBootstraps.typeSwitch(lookup, "typeSwitch", plain.type(), labels)
                    .dynamicInvoker();
            for (Object instance : instances) {
                boolean fits = instance == null || plain.type().parameterType(0).isInstance(instance);
                // The JDK rejects any other index; code by javac passes none.
                for (int restart = 0; fits && restart <= labels.length; restart++) {
                    if ((int) plain.invoke(instance, restart) != (int) jdk.invoke(instance, restart)) {
                        faults.add(site + ": " + (instance == null ? null : instance.getClass()) + " from " + restart);
                    }
                }
            }
        }
        return faults;
    }

    /** Null, something unrelated, and instances of every type that any switch selects by. */
    private static List<Object> instances(BuiltClasses classes) throws ReflectiveOperationException {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Site site : switches) {
            MethodHandles.Lookup lookup = classes.lookupIn(classes.loadClass(site.owner()));
            for (Object label : resolve(lookup, site.labels())) {
                addConcrete((Class<?>) label, types);
            }
        }
        List<Object> all = new ArrayList<>(Arrays.asList(null, new Object(), Thread.State.NEW, new int[0]));
        SampleValues samples = new SampleValues(1);
        for (Class<?> type : types) {
            all.add(samples.of(type));
        }
        return all;
    }

    private static void addConcrete(Class<?> type, Set<Class<?>> types) {
        if (type.isSealed() && Modifier.isAbstract(type.getModifiers())) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(permitted -> addConcrete(permitted, types));
        } else {
            types.add(type);
        }
    }

    private static Object[] resolve(MethodHandles.Lookup lookup, List<ConstantDesc> labels)
            throws ReflectiveOperationException {
        Object[] resolved = new Object[labels.size()];
        for (int i = 0; i < resolved.length; i++) {
            resolved[i] = labels.get(i).resolveConstantDesc(lookup);
        }
        return resolved;
    }

    /** Pairs the calls of the built classes with those of the untouched ones: they follow each other in one order. */
    private static List<Site> findSwitches() throws IOException {
        Map<String, List<CodeElement>> rewritten = new LinkedHashMap<>();
        Set<Path> sources = new TreeSet<>();
        built.models().forEach((name, model) -> {
            List<CodeElement> calls = linkedCalls(model);
            if (calls.stream().anyMatch(RewrittenSwitchesTest::isPlainSwitch)) {
                rewritten.put(name, calls);
                sources.add(source(name));
            }
        });
        compile(sources);
        Map<String, ClassModel> originals = BuiltClasses.parse(untouched);
        List<Site> sites = new ArrayList<>();
        rewritten.forEach((name, calls) -> {
            List<CodeElement> original = linkedCalls(originals.get(name));
            assertThat(original).as(name).hasSameSizeAs(calls);
            for (int i = 0; i < calls.size(); i++) {
                if (isPlainSwitch(calls.get(i))) {
                    var call = (InvokeInstruction) calls.get(i);
                    var linked = (InvokeDynamicInstruction) original.get(i);
                    assertThat(linked.name().stringValue()).as(name).isEqualTo("typeSwitch");
                    sites.add(new Site(name, call.name().stringValue(), linked.bootstrapArgs()));
                }
            }
        });
        return sites;
    }

    private static Path source(String className) {
        String file = className.replaceFirst("\\$.*", "").replace('.', '/') + ".java";
        return SOURCES.stream()
                .map(folder -> folder.resolve(file))
                .filter(path -> path.toFile().exists())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no source of " + className));
    }

    /** Compiles the sources against the built classes, without annotation processing. */
    private static void compile(Set<Path> sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = System.getProperty("java.class.path");
        List<String> options = List.of(
                "-d", untouched.toString(), "-cp", classPath, "-proc:none", "-implicit:none", "-nowarn", "-Xlint:none");
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var units = files.getJavaFileObjectsFromPaths(sources);
            assertThat(compiler.getTask(null, files, null, options, null, units).call())
                    .isTrue();
        }
    }

    /** The calls in a class that the JDK links at run time or that were rewritten because it did. */
    private static List<CodeElement> linkedCalls(ClassModel model) {
        return model.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(element -> BuiltClasses.isPlainCall(element)
                        || (element instanceof InvokeDynamicInstruction call
                                && LINKAGE.contains(
                                        call.bootstrapMethod().owner().displayName())))
                .toList();
    }

    private static boolean isPlainSwitch(CodeElement element) {
        return BuiltClasses.isPlainCall(element)
                && element instanceof InvokeInstruction call
                && call.typeSymbol().returnType().equals(ConstantDescs.CD_int)
                && call.typeSymbol().parameterCount() == 2;
    }
}
