package io.marketbrain.security;

import io.marketbrain.files.FileKind;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Credentials by name in an encrypted file: AES-256-GCM, with a key of 256 random bits from a separate file, or derived
 * from a passphrase by PBKDF2 with HMAC-SHA-256. Every write uses a new nonce and, with a passphrase, a new salt. Safe
 * between processes: changes are made under a file lock.
 *
 * <p>The format: {@code MIBS}, version, key source, iterations, salt and nonce, all of them authenticated; then the
 * encrypted names and values.
 */
public final class SecretsFile {
    private static final byte[] MAGIC = {'M', 'I', 'B', 'S'};
    private static final byte VERSION = 1;
    private static final byte FROM_FILE = 0;
    private static final byte FROM_PASSPHRASE = 1;

    /** What OWASP recommends for PBKDF2 with HMAC-SHA-256 (2023): about a third of a second. */
    private static final int ITERATIONS = 600_000;

    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int KEY_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEADER = MAGIC.length + 2 + Integer.BYTES + SALT_BYTES + NONCE_BYTES;
    private static final SmallFile.Limits LIMITS = SmallFile.Limits.ofKibibytes(1024, 0);
    private static final SmallFile.Limits KEY_LIMITS = SmallFile.Limits.ofKibibytes(4, 1024);

    private final SecretsConfig config;

    public SecretsFile(SecretsConfig config) {
        this.config = config;
    }

    /** The credentials cannot be read or written; the message is for the operator and never contains one. */
    public static final class Locked extends Exception {
        private static final long serialVersionUID = 1L;

        Locked(String message) {
            super(message, null, false, false);
        }

        public String words() {
            return String.valueOf(getMessage());
        }
    }

    /** A change of the stored credentials. */
    @FunctionalInterface
    public interface Change {
        void apply(SortedMap<String, String> secrets);
    }

    /** All credentials by name; empty if there is no file. */
    public SortedMap<String, String> read() throws Locked {
        try {
            FileKind.requireRegular(config.file());
            rejectExposed(config.file());
            return decrypted(SmallFile.readBytes(config.file(), LIMITS));
        } catch (UnreadableFile e) {
            if (e.missing()) {
                return new TreeMap<>();
            }
            throw new Locked(config.file() + " " + e.reason());
        } catch (IOException e) {
            throw new Locked("cannot read " + config.file() + ": " + FileKind.reason(e));
        }
    }

    /** Changes the stored credentials atomically for readers. */
    public void change(Change change, SecureRandom random) throws Locked {
        try {
            OwnerOnlyFile.<Boolean, Locked>locked(config.file(), () -> {
                SortedMap<String, String> secrets = read();
                change.apply(secrets);
                OwnerOnlyFile.replace(config.file(), encrypted(secrets, random));
                return true;
            });
        } catch (IOException e) {
            throw new Locked("cannot write " + config.file() + ": " + FileKind.reason(e));
        }
    }

    private byte[] encrypted(SortedMap<String, String> secrets, SecureRandom random) throws IOException, Locked {
        byte[] salt = new byte[SALT_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        boolean phrase = config.passphrase().isPresent();
        byte[] header = ByteBuffer.allocate(HEADER)
                .put(MAGIC)
                .put(VERSION)
                .put(phrase ? FROM_PASSPHRASE : FROM_FILE)
                .putInt(phrase ? ITERATIONS : 0)
                .put(salt)
                .put(nonce)
                .array();
        byte[] key = phrase ? fromPassphrase(salt, ITERATIONS) : fromFile(Optional.of(random));
        byte[] plain = serialised(secrets);
        try {
            byte[] secret = cipher(Cipher.ENCRYPT_MODE, key, nonce, header).doFinal(plain);
            return ByteBuffer.allocate(HEADER + secret.length)
                    .put(header)
                    .put(secret)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is missing from this Java runtime", e);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(plain, (byte) 0);
        }
    }

    private SortedMap<String, String> decrypted(byte[] whole) throws Locked, IOException {
        ByteBuffer file = ByteBuffer.wrap(whole);
        if (file.remaining() < HEADER + TAG_BITS / 8 || !hasMagic(file) || file.get() != VERSION) {
            throw notSecrets();
        }
        byte source = file.get();
        int iterations = file.getInt();
        byte[] salt = new byte[SALT_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        file.get(salt).get(nonce);
        byte[] header = Arrays.copyOf(whole, HEADER);
        byte[] key = key(source, iterations, salt);
        try {
            byte[] plain =
                    cipher(Cipher.DECRYPT_MODE, key, nonce, header).doFinal(whole, HEADER, whole.length - HEADER);
            try {
                return parsed(plain);
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        } catch (AEADBadTagException e) {
            throw new Locked("the key or passphrase does not match " + config.file() + ", or the file was modified");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is missing from this Java runtime", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private Locked notSecrets() {
        return new Locked(config.file() + " is not a secrets file of the gateway, or was cut off; restore it from a"
                + " backup, or remove it and set the credentials again: brain secrets set NAME");
    }

    private static boolean hasMagic(ByteBuffer file) {
        byte[] magic = new byte[MAGIC.length];
        file.get(magic);
        return Arrays.equals(magic, MAGIC);
    }

    private byte[] key(byte source, int iterations, byte[] salt) throws Locked, IOException {
        if (source == FROM_FILE) {
            return fromFile(Optional.empty());
        }
        if (source != FROM_PASSPHRASE || iterations < 1 || iterations > MOST_ITERATIONS) {
            throw notSecrets();
        }
        return fromPassphrase(salt, iterations);
    }

    private byte[] fromPassphrase(byte[] salt, int iterations) throws Locked {
        if (config.passphrase().isEmpty()) {
            throw new Locked(config.file() + " needs its passphrase: set SECRETS_PASSPHRASE");
        }
        char[] phrase = config.passphrase().get().reveal().toCharArray();
        var spec = new PBEKeySpec(phrase, salt, iterations, KEY_BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PBKDF2 is missing from this Java runtime", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(phrase, '\0');
        }
    }

    /** @param random the source of a new key; empty if none may be created */
    private byte[] fromFile(Optional<SecureRandom> random) throws Locked, IOException {
        Path file = config.keyFile();
        if (!FileKind.exists(file)) {
            if (random.isEmpty() || Files.exists(config.file())) {
                throw new Locked(
                        file + ", the key file of " + config.file() + ", does not exist; restore it from a backup");
            }
            byte[] fresh = new byte[KEY_BYTES];
            random.get().nextBytes(fresh);
            OwnerOnlyFile.replace(file, Base64.getEncoder().encode(fresh));
            return fresh;
        }
        try {
            FileKind.requireRegular(file);
            rejectExposed(file);
            byte[] key = Base64.getDecoder()
                    .decode(SmallFile.readText(file, KEY_LIMITS).strip());
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (UnreadableFile e) {
            throw new Locked(file + " " + e.reason());
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw new Locked(
                file + " does not contain a valid key: it must be 32 bytes in Base64; restore it from a backup");
    }

    private static void rejectExposed(Path file) throws Locked, IOException {
        var exposure = OwnerOnlyFile.findExposure(file);
        if (exposure.isPresent()) {
            throw new Locked(exposure.get());
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] header) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        return cipher;
    }

    private static byte[] serialised(SortedMap<String, String> secrets) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(secrets.size());
        for (var secret : secrets.entrySet()) {
            out.writeUTF(secret.getKey());
            byte[] value = secret.getValue().getBytes(StandardCharsets.UTF_8);
            out.writeInt(value.length);
            out.write(value);
        }
        return bytes.toByteArray();
    }

    private static SortedMap<String, String> parsed(byte[] plain) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(plain));
        var secrets = new TreeMap<String, String>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            secrets.put(name, new String(in.readNBytes(Math.max(0, in.readInt())), StandardCharsets.UTF_8));
        }
        return secrets;
    }
}
