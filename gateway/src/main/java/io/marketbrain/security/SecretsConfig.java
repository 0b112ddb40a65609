package io.marketbrain.security;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where encrypted credentials are stored.
 *
 * @param file the encrypted file; it need not exist
 * @param keyFile the file with the key, created when first needed; unused if there is a passphrase
 * @param passphrase the passphrase that the key is derived from; empty to use the key file
 */
public record SecretsConfig(Path file, Path keyFile, Optional<Secret> passphrase) {
    public static SecretsConfig defaults() {
        return new SecretsConfig(Path.of("state", "secrets"), Path.of("state", "secrets.key"), Optional.empty());
    }
}
