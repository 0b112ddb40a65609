package io.marketbrain.http.tls;

import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The blocks of a PEM file (RFC 7468): {@code -----BEGIN label-----}, Base64, {@code -----END label-----}. */
final class PemBlocks {
    private static final SmallFile.Limits LIMITS = SmallFile.Limits.ofKibibytes(1024, 0);
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private PemBlocks() {}

    /** One block. */
    @SuppressWarnings("ArrayRecordComponent") // blocks are never compared
    record Block(String label, String headers, byte[] der) {
        @Override
        public String toString() {
            return label;
        }
    }

    static List<Block> read(Path file) throws TlsConfigException {
        try {
            String text = new String(SmallFile.readBytes(file, LIMITS), StandardCharsets.ISO_8859_1);
            return blocks(file, text.lines().toList());
        } catch (UnreadableFile e) {
            throw new TlsConfigException(file + " " + e.reason());
        }
    }

    private static List<Block> blocks(Path file, List<String> lines) throws TlsConfigException {
        List<Block> blocks = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at).strip();
            if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
                String label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                var headers = new StringBuilder();
                var text = new StringBuilder();
                int end = at + 1;
                while (end < lines.size() && !lines.get(end).startsWith(END)) {
                    String inside = lines.get(end++).strip();
                    (inside.contains(":") ? headers : text).append(inside);
                }
                if (end == lines.size()) {
                    throw new TlsConfigException(file + ": the block " + label + " has no end");
                }
                blocks.add(new Block(label, headers.toString(), decoded(file, label, text.toString())));
                at = end;
            }
        }
        if (blocks.isEmpty()) {
            throw new TlsConfigException(file + " is not PEM: it has no line that begins with " + BEGIN.strip());
        }
        return blocks;
    }

    private static byte[] decoded(Path file, String label, String text) throws TlsConfigException {
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new TlsConfigException(file + ": the block " + label + " is not Base64");
        }
    }
}
