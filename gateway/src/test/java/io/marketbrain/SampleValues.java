package io.marketbrain;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Values of any type, by chance: the same ones for the same seed. Few per type, so that equal ones are frequent. */
final class SampleValues {
    private static final int DEEPEST = 4;
    private static final Map<Class<?>, Function<SplittableRandom, Object>> KNOWN = Map.ofEntries(
            Map.entry(boolean.class, SplittableRandom::nextBoolean),
            Map.entry(byte.class, random -> (byte) random.nextInt()),
            Map.entry(short.class, random -> (short) random.nextInt()),
            Map.entry(char.class, random -> (char) random.nextInt()),
            Map.entry(int.class, random -> pick(random, 0, 1, -1, Integer.MIN_VALUE, random.nextInt())),
            Map.entry(long.class, random -> pick(random, 0L, 1L, 1L << 32, Long.MIN_VALUE, random.nextLong())),
            Map.entry(float.class, random -> pick(random, 0f, -0f, Float.NaN, Float.intBitsToFloat(-1))),
            Map.entry(double.class, random -> pick(random, 0d, -0d, Double.NaN, Double.longBitsToDouble(-1), 1.5)),
            Map.entry(Class.class, random -> pick(random, String.class, int.class)),
            Map.entry(Object.class, random -> "object " + random.nextInt(3)),
            Map.entry(String.class, random -> "text " + random.nextInt(3)),
            Map.entry(CharSequence.class, random -> "text " + random.nextInt(3)),
            Map.entry(Integer.class, SplittableRandom::nextInt),
            Map.entry(Long.class, SplittableRandom::nextLong),
            Map.entry(Number.class, random -> pick(random, 1, 1L, 1.0)),
            Map.entry(Boolean.class, SplittableRandom::nextBoolean),
            Map.entry(Double.class, random -> pick(random, 0d, -0d, Double.NaN)),
            Map.entry(BigDecimal.class, random -> new BigDecimal(pick(random, "1", "1.0", "-7.25"))),
            Map.entry(Duration.class, random -> Duration.ofMillis(random.nextInt(3))),
            Map.entry(FileTime.class, random -> FileTime.fromMillis(random.nextInt(3))),
            Map.entry(Instant.class, random -> Instant.ofEpochSecond(random.nextInt(3))),
            Map.entry(
                    ZonedDateTime.class,
                    random -> Instant.ofEpochSecond(random.nextInt(3)).atZone(ZoneOffset.UTC)),
            Map.entry(ZoneId.class, random -> ZoneId.of(pick(random, "UTC", "Europe/Berlin"))),
            Map.entry(Charset.class, random -> pick(random, StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)),
            Map.entry(URI.class, random -> URI.create("http://host/" + random.nextInt(3))),
            Map.entry(Path.class, random -> Path.of("folder", "file" + random.nextInt(3))),
            Map.entry(Optional.class, random -> Optional.of(random.nextInt(3))),
            Map.entry(List.class, random -> List.of(random.nextInt(3))),
            Map.entry(Set.class, random -> Set.of(random.nextInt(3))),
            Map.entry(Map.class, random -> Map.of("key", random.nextInt(3))));

    private final SplittableRandom random;

    SampleValues(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A value that a variable of the type can hold: now and then null, if it can. */
    Object ofNullable(Class<?> type) throws ReflectiveOperationException {
        return ofNullable(type, 0);
    }

    /** An instance of the type. */
    Object of(Class<?> type) throws ReflectiveOperationException {
        return of(type, 0);
    }

    private Object ofNullable(Class<?> type, int depth) throws ReflectiveOperationException {
        boolean absent = !type.isPrimitive() && (depth > DEEPEST || random.nextInt(6) == 0);
        return absent ? null : of(type, depth);
    }

    private Object of(Class<?> type, int depth) throws ReflectiveOperationException {
        Function<SplittableRandom, Object> known = KNOWN.get(type);
        if (known != null) {
            return known.apply(random);
        }
        if (type.isEnum()) {
            return pick(random, type.getEnumConstants());
        }
        if (type.isRecord()) {
            Class<?>[] types = componentTypes(type);
            Object[] values = new Object[types.length];
            for (int i = 0; i < types.length; i++) {
                values[i] = ofNullable(types[i], depth + 1);
            }
            return record(type, values);
        }
        if (type.isArray()) {
            return Array.newInstance(type.componentType(), random.nextInt(3));
        }
        if (type.isSealed()) {
            return of(pick(random, type.getPermittedSubclasses()), depth);
        }
        return type.isInterface() ? proxy(type) : allocate(type);
    }

    static Class<?>[] componentTypes(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
    }

    static Object record(Class<?> type, Object[] components) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor(componentTypes(type));
        constructor.setAccessible(true);
        return constructor.newInstance(components);
    }

    @SuppressWarnings("ReferenceEquality") // Equal to nothing but itself, as Object says.
    private static Object proxy(Class<?> type) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "toString" -> type.getSimpleName();
                    default -> null;
                });
    }

    /**
     * An instance made as deserialization does, without its constructor: that might open or start something. By
     * reflection, because javac warns of the JDK's internal class.
     */
    private static Object allocate(Class<?> type) throws ReflectiveOperationException {
        if (Modifier.isAbstract(type.getModifiers())) {
            throw new InstantiationException(type + " is abstract");
        }
        Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
        Object constructor = factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                .invoke(
                        factory.getMethod("getReflectionFactory").invoke(null),
                        type,
                        Object.class.getDeclaredConstructor());
        return ((Constructor<?>) constructor).newInstance();
    }

    @SafeVarargs
    private static <T> T pick(SplittableRandom random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
