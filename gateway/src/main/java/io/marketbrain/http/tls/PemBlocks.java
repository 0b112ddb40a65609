package io.marketbrain.http.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The blocks of a PEM file (RFC 7468): {@code -----BEGIN label-----}, Base64, {@code -----END label-----}. */
final class PemBlocks {
    private static final long MAX_BYTES = 1024 * 1024;
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
            if (Files.size(file) > MAX_BYTES) {
                throw new TlsConfigException(file + " is larger than 1 MiB");
            }
            return blocks(file, Files.readAllLines(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            throw new TlsConfigException(file + " does not exist");
        } catch (AccessDeniedException e) {
            throw new TlsConfigException(file + " cannot be read: permission denied");
        } catch (IOException e) {
            throw new TlsConfigException(
                    file + " cannot be read: " + e.getClass().getSimpleName());
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
