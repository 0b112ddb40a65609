package io.marketbrain.telemetry;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Decides whether the gateway starts within a memory limit. Under load the heap takes 30 to 40 % of the limit, and the
 * rest of the process about 30 MiB without the JVM's optimizing compiler and up to 55 MiB with it ({@code bench/groups.py}). With
 * less, the system would kill the process under load, without a message.
 */
public final class MemoryLimitPolicy {
    static final long MIB = 1 << 20;

    /** The least that the gateway runs in. */
    static final long MINIMUM = 64 * MIB;

    /** From this limit on, the optimizing compiler may run; {@code memory.sh} has the same number. */
    static final long OPTIMIZING_FROM = 96 * MIB;

    private static final String LEVEL = "-XX:TieredStopAtLevel=";

    private MemoryLimitPolicy() {}

    /** Why the gateway does not start within this limit, as a line for the user; empty if it does. */
    public static Optional<String> refusal(OptionalLong limitBytes) {
        return refusal(
                limitBytes, () -> optimizes(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    }

    /** @param optimizes whether the optimizing compiler is on; only called if it matters, because finding out is slow */
    static Optional<String> refusal(OptionalLong limitBytes, Supplier<Boolean> optimizes) {
        if (limitBytes.isEmpty() || limitBytes.getAsLong() >= OPTIMIZING_FROM) {
            return Optional.empty();
        }
        String limit = "the memory limit of this control group is " + limitBytes.getAsLong() / MIB + " MiB, ";
        if (limitBytes.getAsLong() < MINIMUM) {
            return Optional.of(limit + "but the gateway needs at least " + MINIMUM / MIB + " MiB; raise the limit");
        }
        return optimizes.get()
                ? Optional.of(limit + "but with the JVM's optimizing compiler the gateway needs at least "
                        + OPTIMIZING_FROM / MIB + " MiB; raise the limit or set JDK_JAVA_OPTIONS=" + LEVEL + "1")
                : Optional.empty();
    }

    /** Whether a JVM with these arguments runs the optimizing compiler (C2). The last argument counts. */
    static boolean optimizes(List<String> jvmArguments) {
        return jvmArguments.stream()
                .filter(argument -> argument.startsWith(LEVEL))
                .reduce((_, last) -> last)
                .map(last -> last.compareTo(LEVEL + "4") >= 0)
                .orElse(!jvmArguments.contains("-Xint"));
    }
}
