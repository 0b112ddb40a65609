package io.marketbrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.CodeBuilder;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.runtime.ObjectMethods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every record whose {@code equals} and {@code hashCode} the build step rewrote compares and hashes as the specification
 * of {@link Record} and the JDK's own linkage say, whatever its components hold.
 */
class RewrittenRecordsTest {
    private static final int ROUNDS = 25;

    private static BuiltClasses built;
    private static List<String> records;

    @BeforeAll
    static void find_records() throws Exception {
        built = new BuiltClasses();
        records = built.models().entrySet().stream()
                .filter(entry -> entry.getValue().methods().stream()
                        .filter(method -> method.methodName().equalsString("equals"))
                        .flatMap(method -> method.code().stream())
                        .flatMap(code -> code.elementStream())
                        .anyMatch(BuiltClasses::isPlainCall))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void rewritten_records_compare_and_hash_as_the_jdk_does() throws Throwable {
        assertThat(records.size()).isGreaterThan(250);
        assertThat(findFaults(built, Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void a_record_that_skips_a_component_is_found() throws Throwable {
        BuiltClasses wrong = new BuiltClasses(
                element -> BuiltClasses.isCallOf(element, "Objects.equals"),
                code -> code.pop2().iconst_1());
        assertThat(findFaults(wrong, 1)).anyMatch(fault -> fault.contains("equals"));
    }

    @Test
    void a_record_that_compares_fractions_as_numbers_is_found() throws Throwable {
        BuiltClasses wrong =
                new BuiltClasses(element -> BuiltClasses.isCallOf(element, "Double.compare"), CodeBuilder::dcmpl);
        assertThat(findFaults(wrong, 1)).anyMatch(fault -> fault.contains("equals"));
    }

    @Test
    void a_record_with_another_hash_code_is_found() throws Throwable {
        BuiltClasses wrong =
                new BuiltClasses(element -> BuiltClasses.isConstant(element, 31), code -> code.loadConstant(29));
        assertThat(findFaults(wrong, 1)).anyMatch(fault -> fault.contains("hashCode"));
    }

    /** What is wrong, once this much has been found or all records have been checked. */
    private static List<String> findFaults(BuiltClasses classes, int enough) throws Throwable {
        List<String> faults = new ArrayList<>();
        for (String name : records) {
            if (faults.size() < enough) {
                check(classes.loadClass(name), faults);
            }
        }
        return faults;
    }

    private static void check(Class<?> type, List<String> faults) throws Throwable {
        MethodHandle jdkEquals = jdkMethod(type, "equals", MethodType.methodType(boolean.class, type, Object.class));
        MethodHandle jdkHashCode = jdkMethod(type, "hashCode", MethodType.methodType(int.class, type));
        Set<String> unvaried = new TreeSet<>();
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).forEach(unvaried::add);
        for (int round = 0; round < ROUNDS; round++) {
            Object[] values = values(type, round);
            Object one = SampleValues.record(type, values);
            List<Object[]> others = new ArrayList<>(List.of(values, values(type, round), values(type, -round - 1)));
            Object[] random = values(type, round + ROUNDS);
            for (int i = 0; i < values.length; i++) {
                Object[] changed = values.clone();
                changed[i] = random[i];
                others.add(changed);
                if (!Objects.equals(values[i], random[i])) {
                    unvaried.remove(type.getRecordComponents()[i].getName());
                }
            }
            if ((int) jdkHashCode.invoke(one) != one.hashCode()) {
                faults.add(type + ": hashCode in round " + round);
            }
            for (Object[] components : others) {
                Object other = SampleValues.record(type, components);
                // Wrappers compare as the specification of Record.equals says of primitive components.
                boolean equal = Arrays.equals(values, components);
                if (one.equals(other) != equal
                        || other.equals(one) != equal
                        || (boolean) jdkEquals.invoke(one, other) != equal
                        || (equal && one.hashCode() != other.hashCode())) {
                    faults.add(type + ": equals in round " + round);
                }
            }
            Object same = one;
            if (!one.equals(same) || Arrays.asList(null, "unrelated").stream().anyMatch(one::equals)) {
                faults.add(type + ": equals of itself, null or another type");
            }
        }
        unvaried.forEach(component -> faults.add(type + ": no two values of " + component));
    }

    private static Object[] values(Class<?> type, long seed) throws ReflectiveOperationException {
        SampleValues samples = new SampleValues(seed);
        List<Object> values = new ArrayList<>();
        for (Class<?> component : SampleValues.componentTypes(type)) {
            values.add(samples.ofNullable(component));
        }
        return values.toArray();
    }

    private static MethodHandle jdkMethod(Class<?> type, String name, MethodType signature) throws Throwable {
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        List<String> names = new ArrayList<>();
        List<MethodHandle> getters = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            names.add(component.getName());
            getters.add(lookup.findGetter(type, component.getName(), component.getType()));
        }
        return ((CallSite) ObjectMethods.bootstrap(
                        lookup, name, signature, type, String.join(";", names), getters.toArray(MethodHandle[]::new)))
                .dynamicInvoker();
    }
}
