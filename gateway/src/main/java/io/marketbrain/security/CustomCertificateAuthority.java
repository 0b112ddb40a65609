package io.marketbrain.security;

import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Private certificate authorities from a PEM file: certificates that they issued are trusted, and no others. */
public final class CustomCertificateAuthority {
    private static final SmallFile.Limits LIMITS = SmallFile.Limits.ofKibibytes(1024, 0);

    private CustomCertificateAuthority() {}

    /**
     * A socket factory that trusts the authorities in {@code pem}. Reads the file on each call, so a renewed file takes
     * effect with the next call.
     */
    public static SSLSocketFactory sockets(Path pem) throws IOException {
        try {
            InputStream in = new ByteArrayInputStream(SmallFile.readBytes(pem, LIMITS));
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new IOException(pem + " contains no certificate");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate one : all) {
                store.setCertificateEntry("ca-" + store.size(), one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (UnreadableFile e) {
            throw new IOException(pem + " " + e.reason());
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + " contains no valid certificates in PEM", e);
        }
    }

    /** Why the authorities in {@code pem} cannot be used; empty if they can. */
    public static Optional<String> findFault(Path pem) {
        try {
            var _ = sockets(pem);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
