package io.marketbrain.http.tls;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A key manager with one certificate, its private key and its chain. Immutable. */
final class SingleKeyManager extends X509ExtendedKeyManager {
    private static final String ALIAS = "gateway";

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private SingleKeyManager(List<X509Certificate> chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    static SingleKeyManager read(TlsConfig config) throws TlsConfigException {
        List<X509Certificate> chain = chain(config);
        return new SingleKeyManager(chain, PrivateKeys.of(chain.getFirst().getPublicKey(), config.key()));
    }

    /** The certificate, followed by its chain. */
    static List<X509Certificate> chain(TlsConfig config) throws TlsConfigException {
        List<X509Certificate> chain = new ArrayList<>();
        for (PemBlocks.Block block : PemBlocks.read(config.certificate())) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                chain.add(certificate(config, block));
            }
        }
        if (chain.isEmpty()) {
            throw new TlsConfigException(config.certificate() + " contains no certificate");
        }
        return List.copyOf(chain);
    }

    private static X509Certificate certificate(TlsConfig config, PemBlocks.Block block) throws TlsConfigException {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException e) {
            throw new TlsConfigException(config.certificate() + " contains a malformed certificate");
        }
    }

    Instant expires() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    Instant validFrom() {
        return chain.getFirst().getNotBefore().toInstant();
    }

    @Override
    public @Nullable String chooseServerAlias(String kind, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return kind.equals(key.getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String kind, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chooseServerAlias(kind, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String kind, Principal @Nullable [] issuers) {
        return kind.equals(key.getAlgorithm()) ? new String[] {ALIAS} : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return alias.equals(ALIAS) ? chain.toArray(X509Certificate[]::new) : null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return alias.equals(ALIAS) ? key : null;
    }

    @Override
    public String @Nullable [] getClientAliases(String kind, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] kinds, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
