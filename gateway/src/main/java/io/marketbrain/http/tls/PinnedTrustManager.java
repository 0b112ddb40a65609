package io.marketbrain.http.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts a single certificate, whoever issued it: that of the gateway on the same machine. Immutable. */
public final class PinnedTrustManager implements X509TrustManager {
    private final X509Certificate known;

    private PinnedTrustManager(X509Certificate known) {
        this.known = known;
    }

    /** An SSL context for a client that trusts the certificate in the gateway's file under any host name. */
    public static SSLContext trusting(TlsConfig config) throws TlsConfigException {
        try {
            X509Certificate known = SingleKeyManager.chain(config).getFirst();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new PinnedTrustManager(known)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new TlsConfigException("this Java cannot use " + config.certificate() + ": " + e.getMessage());
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate @Nullable [] chain, @Nullable String how)
            throws CertificateException {
        if (chain == null || chain.length == 0 || !chain[0].equals(known)) {
            throw new CertificateException("the certificate is not that of the gateway on this machine");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate @Nullable [] chain, @Nullable String how)
            throws CertificateException {
        throw new CertificateException("client certificates are not supported");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
