package io.marketbrain.api;

import io.marketbrain.security.KnownSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes secrets out of a text while it is written, line by line, because no secret has a line end in it. Used by one
 * thread.
 */
final class RedactingOutput extends OutputStream {
    /** A longer line is passed on in parts. */
    private static final int LONGEST_LINE = 65_536;

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
        if (b == '\n' || line.size() == LONGEST_LINE) {
            finish();
        }
    }

    /** Passes on whole lines only. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Passes on what has no line end yet. */
    void finish() throws IOException {
        out.write(secrets.redact(line.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        line.reset();
    }
}
