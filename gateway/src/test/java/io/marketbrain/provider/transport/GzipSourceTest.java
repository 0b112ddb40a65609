package io.marketbrain.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Decompression of what a provider may send as gzip. */
class GzipSourceTest {
    private static final byte[] TEXT = "{\"price\":\"1.50\"}".getBytes(StandardCharsets.UTF_8);

    private static byte[] gzip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    /** Reads what arrives in steps of {@code step} bytes. */
    private static byte[] read(byte[] compressed, int step) throws IOException, InterruptedException {
        var in = new ByteArrayInputStream(compressed);
        ByteSource arriving = (into, from, length) -> in.read(into, from, Math.min(step, length));
        try (var source = new GzipSource(arriving)) {
            var plain = new ByteArrayOutputStream();
            byte[] buffer = new byte[777];
            for (int n = source.read(buffer, 0, buffer.length); n >= 0; n = source.read(buffer, 0, buffer.length)) {
                assertThat(n).isPositive();
                plain.write(buffer, 0, n);
            }
            return plain.toByteArray();
        }
    }

    private static void damaged(byte[] compressed) {
        assertThatThrownBy(() -> read(compressed, 1000))
                .isInstanceOf(PayloadRejected.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void reads_what_gzip_writes_however_it_arrives() throws Exception {
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        Arrays.fill(large, 100_000, 250_000, (byte) 7);
        for (int step : new int[] {1, 7, 8192, 1 << 20}) {
            assertThat(read(gzip(large), step)).isEqualTo(large);
            assertThat(read(gzip(TEXT), step)).isEqualTo(TEXT);
        }
        assertThat(read(gzip(new byte[0]), 1)).isEmpty();
    }

    @Test
    void an_empty_body_is_an_empty_body() throws Exception {
        assertThat(read(new byte[0], 1)).isEmpty();
    }

    @Test
    void reads_a_header_with_everything_in_it() throws Exception {
        byte[] plain = gzip(TEXT);
        var full = new ByteArrayOutputStream();
        full.write(new byte[] {0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3});
        full.write(new byte[] {3, 0, 'x', 'y', 'z'});
        full.write("name\0comment\0".getBytes(StandardCharsets.ISO_8859_1));
        full.write(new byte[] {9, 9});
        full.write(plain, 10, plain.length - 10);
        for (int step : new int[] {1, 100}) {
            assertThat(read(full.toByteArray(), step)).isEqualTo(TEXT);
        }
    }

    @Test
    void joins_a_few_members_and_refuses_many() throws Exception {
        var few = new ByteArrayOutputStream();
        few.write(gzip(TEXT));
        few.write(gzip(new byte[0]));
        few.write(gzip(TEXT));
        assertThat(read(few.toByteArray(), 5)).hasSize(2 * TEXT.length);
        var many = new ByteArrayOutputStream();
        for (int i = 0; i < 50_000; i++) {
            many.write(gzip(new byte[0]));
        }
        damaged(many.toByteArray());
    }

    @Test
    void every_body_that_is_cut_short_is_damaged() throws Exception {
        byte[] whole = gzip(TEXT);
        for (int length = 1; length < whole.length; length++) {
            damaged(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void a_body_that_is_changed_anywhere_that_counts_is_damaged() throws Exception {
        byte[] whole = gzip(TEXT);
        for (int at : new int[] {0, 1, 2, 12, 14, whole.length - 8, whole.length - 4, whole.length - 1}) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x55;
            damaged(changed);
        }
        damaged(Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void random_changes_never_end_in_anything_but_bytes_or_damage() throws Exception {
        byte[] whole = gzip(new byte[5000]);
        var random = new Random(5);
        for (int i = 0; i < 5000; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            try {
                assertThat(read(changed, 1 + random.nextInt(50)).length).isLessThanOrEqualTo(5000);
            } catch (PayloadRejected e) {
                assertThat(e.getMessage()).contains("damaged");
            }
        }
    }
}
