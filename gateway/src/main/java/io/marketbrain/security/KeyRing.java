package io.marketbrain.security;

import io.marketbrain.files.FileKind;
import io.marketbrain.files.FileProblems;
import io.marketbrain.files.FileRefused;
import io.marketbrain.files.UnreadableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The API keys of the gateway, in a text file that only its owner can read, with one line per key: name, scope and
 * hash. A key is 256 random bits, so its plain SHA-256 cannot be reversed by trial. A change of the file takes effect
 * with the next request; if the changed file cannot be used, the last valid keys stay in use. Commands that change the
 * file throw {@link FileRefused} if it cannot be used. Thread-safe.
 */
public final class KeyRing {
    static final String PREFIX = "mib_";
    private static final int BYTES = 32;

    private final Path file;
    private final FileProblems problems;
    private List<ApiKey> keys = List.of();
    private Optional<Object> stamp = Optional.empty();

    public KeyRing(Path file) {
        this(file, FileProblems.ofCommand());
    }

    public KeyRing(Path file, FileProblems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Creates a key and returns it; only its hash is stored, so it cannot be shown again. */
    public synchronized String create(String name, boolean admin, Instant now, SecureRandom random) {
        return create(name, admin, Optional.empty(), now, random);
    }

    /** Creates a key with its own budget. */
    public synchronized String create(
            String name, boolean admin, Optional<String> budget, Instant now, SecureRandom random) {
        return locked(() -> {
            var next = new ArrayList<>(stored());
            if (next.stream().anyMatch(key -> key.name().equals(name))) {
                throw new IllegalArgumentException(
                        "a key named '" + name + "' already exists; revoke it first: brain keys revoke " + name);
            }
            byte[] secret = new byte[BYTES];
            random.nextBytes(secret);
            String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
            next.add(new ApiKey(name, admin, hash(key), now, budget));
            KeyFile.write(file, next);
            return key;
        });
    }

    /** Removes a key; false if there was none of that name. */
    public synchronized boolean revoke(String name) {
        boolean there = stored().stream().anyMatch(key -> key.name().equals(name));
        return there
                && locked(() -> {
                    var others = new ArrayList<>(stored());
                    others.removeIf(key -> key.name().equals(name));
                    KeyFile.write(file, others);
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

    /** All keys: those in the file, or the last valid ones while the file cannot be used. */
    public synchronized List<ApiKey> all() {
        Optional<Object> now = stamp();
        if (!now.equals(stamp)) {
            stamp = now;
            try {
                keys = KeyFile.read(file);
                problems.clear(file);
            } catch (UnreadableFile e) {
                if (e.mayPass()) {
                    stamp = Optional.empty();
                }
                problems.report(file, e.reason() + "; the last valid keys stay in use");
            }
        }
        return keys;
    }

    /** Reads the file; throws {@link FileRefused} if it cannot be used. */
    public synchronized void load() {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && FileKind.exists(folder) && !Files.isDirectory(folder)) {
            throw new FileRefused(folder, "is not a folder", "set state.folder to a folder");
        }
        Optional<Object> before = stamp();
        keys = stored();
        stamp = before;
    }

    private List<ApiKey> stored() {
        try {
            return KeyFile.read(file);
        } catch (UnreadableFile e) {
            throw new FileRefused(
                    file,
                    e.reason(),
                    "correct or restore it, or remove it and create the keys again: brain keys create");
        }
    }

    /** What changes if the file changes. */
    private Optional<Object> stamp() {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(
                    List.of(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey())));
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    /** Runs a change of the file under a lock between processes. */
    private <T> T locked(OwnerOnlyFile.Work<T, RuntimeException> change) {
        try {
            return OwnerOnlyFile.locked(file, change);
        } catch (IOException e) {
            throw new FileRefused(
                    file, "cannot be changed: " + FileKind.reason(e), "check the folder and its permissions");
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
