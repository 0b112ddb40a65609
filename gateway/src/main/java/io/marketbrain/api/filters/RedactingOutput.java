package io.marketbrain.api.filters;

import io.marketbrain.security.KnownSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Redacts secrets while a text is written. Works line by line, because no secret contains a line end. Not thread-safe.
 */
final class RedactingOutput extends OutputStream {
    /** A longer line is redacted and written in parts. */
    private static final int MAX_LINE_LENGTH = 65_536;

    private final OutputStream out;
    private final KnownSecrets secrets;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    RedactingOutput(OutputStream out, KnownSecrets secrets) {
        this.out = out;
        this.secrets = secrets;
    }

    @Override
    public void write(int b) throws IOException {
        line.write(b);
        if (b == '\n' || line.size() == MAX_LINE_LENGTH) {
            finish();
        }
    }

    /** Writes complete lines only, because a secret could be split. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Writes the last line if it has no line end. */
    void finish() throws IOException {
        out.write(secrets.redact(line.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        line.reset();
    }
}
