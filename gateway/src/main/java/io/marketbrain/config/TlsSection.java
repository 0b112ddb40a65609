package io.marketbrain.config;

import io.marketbrain.http.tls.TlsConfig;
import java.nio.file.Path;
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
                "The PEM file with the server certificate and its chain; with it and its key the gateway accepts TLS"
                        + " only. It is read again when it changes.");
        Optional<Path> key = in.findPath(
                KEY, "The PEM file with the certificate's private key: PKCS#8, PKCS#1 or EC, not encrypted.");
        TlsConfig config = in.section(
                new TlsConfig(certificate.orElse(Path.of("")), key.orElse(Path.of(""))),
                d -> new TlsConfig(
                        d.certificate(),
                        d.key(),
                        in.duration(
                                TlsConfig.HANDSHAKE_TIMEOUT,
                                d.handshakeTimeout(),
                                "How long a TLS handshake may take."),
                        in.integer(
                                TlsConfig.HANDSHAKES,
                                d.handshakes(),
                                "How many TLS handshakes may be in progress at once; a new one replaces the slowest.")));
        if (certificate.isPresent() != key.isPresent()) {
            in.problem(
                    certificate.isPresent() ? CERTIFICATE : KEY,
                    "needs " + (certificate.isPresent() ? KEY : CERTIFICATE) + " beside it");
        }
        return certificate.isPresent() && key.isPresent() ? Optional.of(config) : Optional.empty();
    }
}
