package io.marketbrain.pipeline.cache.tier;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes values one after another in the format that {@link ByteReader} reads. Not thread-safe. */
final class ByteWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    byte[] bytes() {
        return out.toByteArray();
    }

    /** Writes bytes without their length, at the end. */
    ByteWriter rest(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Writes a zigzag-encoded variable-length integer: seven bits per byte, lowest first, so that small numbers take few bytes. */
    ByteWriter number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    ByteWriter flag(boolean value) {
        out.write(value ? 1 : 0);
        return this;
    }

    ByteWriter text(String value) {
        return blob(value.getBytes(StandardCharsets.UTF_8));
    }

    ByteWriter decimal(BigDecimal value) {
        number(value.scale());
        return blob(value.unscaledValue().toByteArray());
    }

    ByteWriter instant(Instant value) {
        return number(value.getEpochSecond()).number(value.getNano());
    }

    ByteWriter choice(Enum<?> value) {
        return text(value.name());
    }

    <T> ByteWriter maybe(@Nullable T value, BiConsumer<ByteWriter, T> writer) {
        flag(value != null);
        if (value != null) {
            writer.accept(this, value);
        }
        return this;
    }

    <T> ByteWriter list(List<T> values, BiConsumer<ByteWriter, T> writer) {
        number(values.size());
        for (T value : values) {
            writer.accept(this, value);
        }
        return this;
    }

    ByteWriter blob(byte[] bytes) {
        number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }
}
