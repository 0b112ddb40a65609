package io.marketbrain.telemetry;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides whether the gateway starts within a memory limit. Under load the heap takes 30 % of the limit, and the rest of
 * the process up to 55 MiB ({@code bench/groups.py}). With less, the system would kill the process under load, without a
 * message.
 */
public final class MemoryLimitPolicy {
    static final long MIB = 1 << 20;

    /** The least that the gateway runs in. */
    static final long MINIMUM = 96 * MIB;

    private MemoryLimitPolicy() {}

    /** Why the gateway does not start within this limit, as a line for the user; empty if it does. */
    public static Optional<String> refusal(OptionalLong limitBytes) {
        return limitBytes.isEmpty() || limitBytes.getAsLong() >= MINIMUM
                ? Optional.empty()
                : Optional.of("the memory limit of this control group is " + limitBytes.getAsLong() / MIB
                        + " MiB, but the gateway needs at least " + MINIMUM / MIB + " MiB; raise the limit");
    }
}
