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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Private certificate authorities from a PEM file, trusted alone or in addition to those that Java trusts. */
public final class CustomCertificateAuthority {
    private static final SmallFile.Limits LIMITS = SmallFile.Limits.ofKibibytes(1024, 0);

    private CustomCertificateAuthority() {}

    /**
     * A socket factory that trusts the authorities in {@code pem}. Reads the file on each call, so a renewed file takes
     * effect with the next call.
     */
    public static SSLSocketFactory sockets(Path pem) throws IOException {
        return context(pem, List.of()).getSocketFactory();
    }

    /** Settings of TLS clients that trust the authorities in {@code pem} and those that Java trusts. */
    public static SSLContext contextWithDefaults(Path pem) throws IOException {
        var trusted = new ArrayList<Certificate>();
        try {
            var defaults = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            defaults.init((KeyStore) null);
            for (TrustManager manager : defaults.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    trusted.addAll(List.of(x509.getAcceptedIssuers()));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the authorities that Java trusts cannot be read: " + e.getMessage(), e);
        }
        return context(pem, trusted);
    }

    private static SSLContext context(Path pem, List<Certificate> others) throws IOException {
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
            for (Certificate one : others) {
                store.setCertificateEntry("ca-" + store.size(), one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
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
