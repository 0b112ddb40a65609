package io.marketbrain.security;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where credentials are kept encrypted.
 *
 * @param file the encrypted file; it need not exist
 * @param keyFile the file with its key, made when it is first needed, unless there is a passphrase
 * @param passphrase what the key is made from instead; empty for a key file
 */
public record SecretsConfig(Path file, Path keyFile, Optional<Secret> passphrase) {
    public static SecretsConfig defaults() {
        return new SecretsConfig(Path.of("state", "secrets"), Path.of("state", "secrets.key"), Optional.empty());
    }
}
