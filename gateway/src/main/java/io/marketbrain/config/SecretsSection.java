package io.marketbrain.config;

import io.marketbrain.security.SecretsConfig;
import java.nio.file.Path;

/** The settings of the encrypted credential store. */
final class SecretsSection {
    private final SettingsReader in;

    SecretsSection(SettingsReader in) {
        this.in = in;
    }

    SecretsConfig read() {
        return new SecretsConfig(
                in.path(
                        "secrets.file",
                        Path.of("state", "secrets"),
                        "The encrypted file in which \"brain secrets\" stores credentials."),
                in.path(
                        "secrets.key_file",
                        Path.of("state", "secrets.key"),
                        "The file with the encryption key, readable by its owner only; created when first needed."),
                in.secret(
                        "secrets.passphrase",
                        "SECRETS_PASSPHRASE",
                        "The passphrase from which the encryption key is derived, instead of the key file."));
    }
}
