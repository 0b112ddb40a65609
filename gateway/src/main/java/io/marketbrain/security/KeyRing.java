package io.marketbrain.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The API keys of the gateway, in a text file that only its owner can read, with one line per key: name, scope and
 * hash. A key is 256 random bits, so its plain SHA-256 cannot be reversed by trial. A change of the file takes effect
 * with the next request. Thread-safe.
 */
public final class KeyRing {
    static final String PREFIX = "mib_";
    private static final int BYTES = 32;

    private final Path file;
    private List<ApiKey> keys = List.of();
    private Optional<Object> stamp = Optional.empty();

    public KeyRing(Path file) {
        this.file = file;
    }

    /** Creates a key and returns it; only its hash is stored, so it cannot be shown again. */
    public synchronized String create(String name, boolean admin, Instant now, SecureRandom random) {
        return create(name, admin, Optional.empty(), now, random);
    }

    /** Creates a key with its own budget. */
    public synchronized String create(
            String name, boolean admin, Optional<String> budget, Instant now, SecureRandom random) {
        return locked(() -> {
            var next = new ArrayList<>(all());
            if (next.stream().anyMatch(key -> key.name().equals(name))) {
                throw new IllegalArgumentException(
                        "a key named '" + name + "' already exists; revoke it first: brain keys revoke " + name);
            }
            byte[] secret = new byte[BYTES];
            random.nextBytes(secret);
            String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
            next.add(new ApiKey(name, admin, hash(key), now, budget));
            write(next);
            return key;
        });
    }

    /** Removes a key; false if there was none of that name. */
    public synchronized boolean revoke(String name) {
        boolean there = all().stream().anyMatch(key -> key.name().equals(name));
        return there
                && locked(() -> {
                    var others = new ArrayList<>(all());
                    others.removeIf(key -> key.name().equals(name));
                    write(others);
                    return true;
                });
    }

    /** The record of a presented key; empty if it is unknown. Comparison takes constant time. */
    public Optional<ApiKey> find(String presented) {
        byte[] hash = hash(presented).getBytes(StandardCharsets.US_ASCII);
        Optional<ApiKey> found = Optional.empty();
        for (ApiKey key : all()) {
            if (MessageDigest.isEqual(hash, key.hash().getBytes(StandardCharsets.US_ASCII))) {
                found = Optional.of(key);
            }
        }
        return found;
    }

    /** The budget of the key of that name, if it has one. */
    public Optional<String> findBudget(String name) {
        return all().stream().filter(key -> key.name().equals(name)).findFirst().flatMap(ApiKey::budget);
    }

    /** All keys currently in the file. */
    public synchronized List<ApiKey> all() {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Optional<Object> now = Optional.of(
                    List.of(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey())));
            if (!now.equals(stamp)) {
                keys = Files.readAllLines(file).stream()
                        .filter(line -> !line.isBlank())
                        .map(this::read)
                        .toList();
                stamp = now;
            }
            return keys;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ApiKey read(String line) {
        String[] words = line.strip().split(" ", -1);
        try {
            return new ApiKey(
                    words[0],
                    words[1].equals("admin"),
                    words[2],
                    Instant.parse(words[3]),
                    words.length > 4 ? Optional.of(words[4]) : Optional.empty());
        } catch (ArrayIndexOutOfBoundsException | DateTimeException e) {
            throw new IllegalStateException("the key file " + file + " has an invalid line", e);
        }
    }

    private void write(List<ApiKey> next) throws IOException {
        var lines = new StringBuilder();
        next.forEach(key -> lines.append(key.line()).append('\n'));
        OwnerOnlyFile.replace(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Runs a change of the file under a lock between processes. */
    private <T> T locked(OwnerOnlyFile.Work<T, RuntimeException> change) {
        try {
            return OwnerOnlyFile.locked(file, change);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
        }
    }
}
