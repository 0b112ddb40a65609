package io.marketbrain.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A fuzzer for the sample that every test run includes: it mutates inputs and keeps those with which a parser does something
 * new, which it tells from the parser's own outcomes (its messages and the shape of its result). {@code bench/fuzz.sh} runs
 * the same targets with a coverage-guided fuzzer, which needs instrumented classes and more time.
 * The seeds are in {@code src/test/resources/fuzz/<name>}; what fails is written to {@code target/fuzz}.
 *
 * <p>By default it runs a fixed number of inputs from a fixed random seed. With {@code -Dfuzz.minutes=10} it runs that
 * long from another random seed, which it prints; {@code -Dfuzz.seed} sets the seed.
 */
public final class MutationFuzzer {
    /** Reads one input. Any exception that it throws is a failure. */
    @FunctionalInterface
    public interface FuzzTarget {
        /** Returns what was observed: equal for inputs that the parser treats alike. */
        String read(byte[] input) throws Exception;
    }

    private static final int SAMPLE = 60_000;
    private static final int MAX_LENGTH = 100_000;
    private static final int MAX_CORPUS = 5_000;
    private static final int[] BYTES = {0, 9, 10, 13, 32, 34, 44, 58, 92, 127, 128, 192, 237, 255};

    private final String name;
    private final List<byte[]> dictionary;
    private final long minutes = Long.getLong("fuzz.minutes", 0);
    private final long seed = Long.getLong("fuzz.seed", minutes == 0 ? 1 : System.nanoTime());
    private final Random random = new Random(seed);
    private final List<byte[]> corpus = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    /** @param dictionary texts that have a meaning in the format */
    public MutationFuzzer(String name, List<byte[]> dictionary) {
        this.name = name;
        this.dictionary = dictionary;
    }

    /**
     * Runs the target on mutated inputs.
     *
     * @param bytesFixed how much memory any input may allocate
     * @param bytesPerByte how much more it may allocate for each of its bytes
     * @return the number of different outcomes
     */
    public int run(FuzzTarget target, long bytesFixed, int bytesPerByte) throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            for (Path file : files.sorted().toList()) {
                corpus.add(Files.readAllBytes(file));
            }
        }
        System.out.println("fuzzing " + name + " from seed " + seed);
        for (byte[] input : List.copyOf(corpus)) {
            check(target, input, Long.MAX_VALUE, bytesPerByte); // loads the classes
            check(target, input, bytesFixed, bytesPerByte);
        }
        long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        for (long i = 0; minutes == 0 ? i < SAMPLE : System.nanoTime() < end; i++) {
            byte[] input = mutated();
            if (check(target, input, bytesFixed, bytesPerByte) && corpus.size() < MAX_CORPUS) {
                corpus.add(input);
            }
        }
        return seen.size();
    }

    private Path folder() {
        try {
            return Path.of(MutationFuzzer.class.getResource("/fuzz/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the outcome is new. */
    private boolean check(FuzzTarget target, byte[] input, long bytesFixed, int bytesPerByte) {
        try {
            long before = allocated();
            String outcome = target.read(input);
            long used = allocated() - before;
            if (bytesFixed < Long.MAX_VALUE && used > bytesFixed + (long) bytesPerByte * input.length) {
                throw new AssertionError(input.length + " bytes of input allocated " + used);
            }
            return seen.add(outcome);
        } catch (Exception | Error e) {
            throw new AssertionError(saved(input) + ": " + e, e);
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private String saved(byte[] input) {
        Path file = Path.of("target", "fuzz", name + "-" + Integer.toHexString(Arrays.hashCode(input)) + ".seed");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] start = Arrays.copyOf(input, Math.min(input.length, 400));
        return file + " (base64 of its start: " + Base64.getEncoder().encodeToString(start) + ")";
    }

    private byte[] mutated() {
        byte[] input = corpus.get(random.nextInt(corpus.size()));
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            input = changed(input);
        }
        return input.length <= MAX_LENGTH ? input : Arrays.copyOf(input, MAX_LENGTH);
    }

    private byte[] changed(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = Math.min(input.length, from + random.nextInt(1 + (random.nextInt(4) == 0 ? input.length : 8)));
        byte[] range = Arrays.copyOfRange(input, from, to);
        return switch (random.nextInt(8)) {
            case 0 -> replaced(input, from, to, new byte[0]);
            case 1 -> replaced(input, from, from, range);
            case 2 -> replaced(input, from, to, dictionary.get(random.nextInt(dictionary.size())));
            case 3 -> replaced(input, from, from, dictionary.get(random.nextInt(dictionary.size())));
            case 4 -> replaced(input, from, Math.min(input.length, from + 1), oneByte());
            case 5 -> {
                byte[] other = corpus.get(random.nextInt(corpus.size()));
                yield replaced(
                        input,
                        from,
                        input.length,
                        Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
            }
            case 6 -> replaced(input, from, from, repeated(range));
            default -> Arrays.copyOf(input, from);
        };
    }

    private byte[] oneByte() {
        return new byte[] {(byte) (random.nextBoolean() ? BYTES[random.nextInt(BYTES.length)] : random.nextInt(256))};
    }

    /** Many copies of a range, rarely enough to exceed every limit. */
    private byte[] repeated(byte[] range) {
        int most = random.nextInt(50) == 0 ? MAX_LENGTH : 1000;
        int times = range.length == 0 ? 0 : random.nextInt(1 + most / range.length);
        byte[] all = new byte[range.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(range, 0, all, i * range.length, range.length);
        }
        return all;
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] with) {
        byte[] result = new byte[input.length - (to - from) + with.length];
        System.arraycopy(input, 0, result, 0, from);
        System.arraycopy(with, 0, result, from, with.length);
        System.arraycopy(input, to, result, from + with.length, input.length - to);
        return result;
    }
}
