package io.marketbrain.config;

import io.marketbrain.api.tls.TlsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The part of the catalogue about TLS. */
final class TlsSection {
    private static final String CERTIFICATE = "server.tls.cert";
    private static final String KEY = "server.tls.key";

    private final SettingsReader in;

    TlsSection(SettingsReader in) {
        this.in = in;
    }

    Optional<TlsConfig> read() {
        Optional<Path> certificate = in.findPath(
                CERTIFICATE,
                "The PEM file with the certificate, then those that vouch for it; with it and its key the gateway"
                        + " speaks TLS only. Read again when it changes.");
        Optional<Path> key = in.findPath(
                KEY, "The PEM file with the certificate's private key: PKCS#8, PKCS#1 or EC, not encrypted.");
        TlsConfig config = in.section(
                new TlsConfig(certificate.orElse(Path.of("")), key.orElse(Path.of(""))),
                d -> new TlsConfig(
                        d.certificate(),
                        d.key(),
                        in.duration(
                                "server.tls.handshake_timeout",
                                d.handshakeTimeout(),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(1),
                                "How long a client may take to agree on keys."),
                        in.integer(
                                "server.tls.handshakes",
                                d.handshakes(),
                                1,
                                10_000,
                                "How many clients may be agreeing on keys at a time; one more takes the place of the"
                                        + " slowest.")));
        if (certificate.isPresent() != key.isPresent()) {
            in.problem(
                    certificate.isPresent() ? CERTIFICATE : KEY,
                    "needs " + (certificate.isPresent() ? KEY : CERTIFICATE) + " beside it");
        }
        return certificate.isPresent() && key.isPresent() ? Optional.of(config) : Optional.empty();
    }
}
