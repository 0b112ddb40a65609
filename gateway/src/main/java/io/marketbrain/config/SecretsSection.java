package io.marketbrain.config;

import io.marketbrain.security.SecretsConfig;
import java.nio.file.Path;

/** The part of the catalogue about credentials that are kept encrypted. */
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
                        "The encrypted file that \"brain secrets\" keeps credentials in."),
                in.path(
                        "secrets.key_file",
                        Path.of("state", "secrets.key"),
                        "The file with its key, which only its owner may read; made when it is first needed."),
                in.secret(
                        "secrets.passphrase",
                        "SECRETS_PASSPHRASE",
                        "What the key is made from instead of the key file."));
    }
}
