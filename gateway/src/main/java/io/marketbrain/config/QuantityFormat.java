package io.marketbrain.config;

import io.marketbrain.model.text.NumberText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Reads and writes durations and sizes in their notation for settings. */
final class QuantityFormat {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    private QuantityFormat() {}

    /** The duration in {@code text}; throws IllegalArgumentException if it is not one. */
    static Duration duration(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("pt") || lower.startsWith("p")) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(e);
            }
        }
        int unit = unitStart(lower);
        BigDecimal seconds = switch (lower.substring(unit).strip()) {
            case "ms" -> new BigDecimal("0.001");
            case "", "s" -> BigDecimal.ONE;
            case "m", "min" -> BigDecimal.valueOf(60);
            case "h" -> BigDecimal.valueOf(3600);
            case "d" -> BigDecimal.valueOf(86_400);
            default -> throw new IllegalArgumentException();
        };
        try {
            return Duration.ofNanos(
                    NumberText.parseDecimal(lower.substring(0, unit).strip())
                            .multiply(seconds)
                            .multiply(NANOS)
                            .longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The shortest text that {@link #duration} reads as {@code duration}. */
    static String show(Duration duration) {
        long millis = duration.toMillis();
        if (!duration.equals(Duration.ofMillis(millis))) {
            return BigDecimal.valueOf(duration.toNanos(), 9)
                            .stripTrailingZeros()
                            .toPlainString() + "s";
        }
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }

    /** The number of bytes in {@code text}; K, M and G are powers of 1024. */
    static long bytes(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int unit = unitStart(lower);
        int shift = switch (lower.substring(unit).strip()) {
            case "", "b" -> 0;
            case "k", "kb", "kib" -> 10;
            case "m", "mb", "mib" -> 20;
            case "g", "gb", "gib" -> 30;
            default -> throw new IllegalArgumentException();
        };
        try {
            return Math.multiplyExact(
                    NumberText.parseLong(lower.substring(0, unit).strip()), 1L << shift);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String showBytes(long bytes) {
        if (bytes == 0 || bytes % 1024 != 0) {
            return Long.toString(bytes);
        }
        if (bytes % (1L << 30) == 0) {
            return (bytes >> 30) + "GiB";
        }
        return bytes % (1L << 20) == 0 ? (bytes >> 20) + "MiB" : (bytes >> 10) + "KiB";
    }

    private static int unitStart(String text) {
        int unit = text.length();
        while (unit > 0 && !Character.isDigit(text.charAt(unit - 1)) && text.charAt(unit - 1) != '.') {
            unit--;
        }
        return unit;
    }
}
