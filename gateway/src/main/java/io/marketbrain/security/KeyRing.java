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
 * The keys that open the gateway, in a text file that only its owner may read: a line each with the name, the scope
 * and the hash. A key is 256 random bits, so a plain SHA-256 cannot be searched back. A change of the file counts from
 * the next request on. Thread-safe.
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

    /** Makes a key and returns it; it is not kept and cannot be shown again. Refuses a name that exists. */
    public synchronized String create(String name, boolean admin, Instant now, SecureRandom random) {
        return create(name, admin, Optional.empty(), now, random);
    }

    /** Makes a key with a budget of its own. */
    public synchronized String create(
            String name, boolean admin, Optional<String> budget, Instant now, SecureRandom random) {
        return alone(() -> {
            var next = new ArrayList<>(all());
            if (next.stream().anyMatch(key -> key.name().equals(name))) {
                throw new IllegalArgumentException("there is a key '" + name + "' already; revoke it first");
            }
            byte[] secret = new byte[BYTES];
            random.nextBytes(secret);
            String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
            next.add(new ApiKey(name, admin, hash(key), now, budget));
            write(next);
            return key;
        });
    }

    /** Whether there was such a key; from now on there is not. */
    public synchronized boolean revoke(String name) {
        boolean there = all().stream().anyMatch(key -> key.name().equals(name));
        return there
                && alone(() -> {
                    var others = new ArrayList<>(all());
                    others.removeIf(key -> key.name().equals(name));
                    write(others);
                    return true;
                });
    }

    /** Whose key this is. Takes as long for a wrong one as for a right one. */
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

    /** What the caller of that name may spend, where its key says so. */
    public Optional<String> findBudget(String name) {
        return all().stream().filter(key -> key.name().equals(name)).findFirst().flatMap(ApiKey::budget);
    }

    /** Every key, as the file has them now. */
    public synchronized List<ApiKey> all() {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Optional<Object> now = Optional.of(
                    List.of(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey())));
            if (!now.equals(stamp)) {
                keys = Files.readAllLines(file).stream()
                        .filter(line -> !line.isBlank())
                        .map(KeyRing::read)
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

    private static ApiKey read(String line) {
        String[] words = line.strip().split(" ", -1);
        try {
            return new ApiKey(
                    words[0],
                    words[1].equals("admin"),
                    words[2],
                    Instant.parse(words[3]),
                    words.length > 4 ? Optional.of(words[4]) : Optional.empty());
        } catch (ArrayIndexOutOfBoundsException | DateTimeException e) {
            throw new IllegalStateException("the file of keys has a line that is none", e);
        }
    }

    private void write(List<ApiKey> next) throws IOException {
        var lines = new StringBuilder();
        next.forEach(key -> lines.append(key.line()).append('\n'));
        OwnerFile.replace(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Runs what changes the file while no other process does. */
    private <T> T alone(OwnerFile.Work<T, RuntimeException> change) {
        try {
            return OwnerFile.alone(file, change);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
