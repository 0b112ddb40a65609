package io.marketbrain.provider.transport;

import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a body into memory step by step, decompressing it as it arrives. Before each step the memory that it takes is
 * reserved, together with what parsing the body will take. Blocks.
 */
final class PayloadReader {
    /** The encodings that the gateway accepts. */
    static final String ACCEPTED_ENCODING = "gzip";

    private static final List<String> OTHER_ENCODINGS = List.of("br", "deflate", "zstd", "compress");

    private static final int STEP = 16 << 10;
    /** An int for each scalar, two for each array and object. */
    private static final int MOST_BYTES_PER_TOKEN = 8;
    /** No text of JSON has more: {@code [],[]}, three bytes each, take eight. */
    private static final int MOST_PARSED_PER_BYTE = 3;

    private final PayloadLimits limits;
    private final PayloadBudget.Lease lease;
    private final Deadline deadline;

    PayloadReader(PayloadLimits limits, PayloadBudget.Lease lease, Deadline deadline) {
        this.limits = limits;
        this.lease = lease;
        this.deadline = deadline;
    }

    /** The whole body, decompressed. */
    byte[] read(BodyStream body, String encoding) throws IOException, InterruptedException {
        String named = encoding.strip().toLowerCase(Locale.ROOT);
        return switch (named) {
            // Some servers name the character set here, and some compress without saying so.
            case "", "identity", "utf-8", "utf8" -> {
                ByteSource plain = body.until(deadline, Math.min(limits.wireBytes(), limits.bodyBytes()));
                yield body.isPacked(deadline) ? unpacked(body) : collect(plain, "");
            }
            case "gzip", "x-gzip" -> unpacked(body);
            default ->
                throw new PayloadRejected("an unreadable response: the body is in an encoding that was not requested ("
                        + known(named) + ")");
        };
    }

    private byte[] unpacked(BodyStream body) throws IOException, InterruptedException {
        try (var plain = new GzipSource(body.until(deadline, limits.wireBytes()))) {
            return collect(plain, " when decompressed");
        }
    }

    /** The name of an encoding to show; not that of the provider, which may be anything. */
    private static String known(String encoding) {
        return OTHER_ENCODINGS.stream().filter(encoding::contains).findFirst().orElse("unknown");
    }

    private byte[] collect(ByteSource source, String when) throws IOException, InterruptedException {
        List<byte[]> steps = new ArrayList<>();
        int most = limits.bodyBytes();
        int size = 0;
        while (true) {
            hold(size + STEP);
            byte[] step = new byte[STEP];
            int filled = fill(source, step);
            size += filled;
            if (size > most) {
                throw new PayloadRejected("a body that is too large: more than " + most + " bytes" + when);
            }
            if (filled < STEP) {
                return join(steps, step, size);
            }
            steps.add(step);
        }
    }

    /** Fills the step, or as much of it as there is. */
    private static int fill(ByteSource source, byte[] step) throws IOException, InterruptedException {
        int filled = 0;
        while (filled < step.length) {
            int count = source.read(step, filled, step.length - filled);
            if (count < 0) {
                break;
            }
            filled += count;
        }
        return filled;
    }

    private void hold(int bytes) throws IOException, InterruptedException {
        long whole = memory(bytes, limits);
        if (!lease.mayHold(whole)) {
            throw new PayloadRejected(
                    "a body that is too large for the memory of this gateway: more than " + (bytes - STEP) + " bytes");
        }
        if (!lease.hold(whole, deadline)) {
            throw new PayloadTimeout(true);
        }
    }

    /** The memory for a body of this size: its steps and the whole that they are joined to, and the parsed document. */
    static long memory(int bytes, PayloadLimits limits) {
        long parsed = Math.min((long) MOST_PARSED_PER_BYTE * bytes, (long) MOST_BYTES_PER_TOKEN * limits.tokens());
        return 2L * bytes + parsed;
    }

    private static byte[] join(List<byte[]> steps, byte[] last, int size) {
        byte[] whole = new byte[size];
        int at = 0;
        for (byte[] step : steps) {
            System.arraycopy(step, 0, whole, at, step.length);
            at += step.length;
        }
        System.arraycopy(last, 0, whole, at, size - at);
        return whole;
    }
}
