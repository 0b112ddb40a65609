package io.marketbrain.provider;

import io.marketbrain.security.Secret;
import java.util.Optional;

/** A key and the header that carries it. */
record Credential(String header, Secret secret) {

    /** The credential of a provider that takes a key in a header and has one configured. */
    static Optional<Credential> find(Descriptor descriptor, ProviderConfig config) {
        return descriptor.keyHeader().flatMap(header -> config.key().map(key -> new Credential(header, key)));
    }

    /**
     * Whether HTTP can carry it. Asked before the HTTP client sees the key, because the client's complaint would
     * quote it.
     */
    boolean isSendable() {
        return secret.reveal().chars().allMatch(c -> c > ' ' && c < 127);
    }
}
