package io.marketbrain.provider.transport;

import io.marketbrain.provider.descriptor.Lazy;
import io.marketbrain.security.CustomCertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Settings of TLS clients that are made for the first connection with TLS. The JDK's HTTP client wants them when it is created, and
 * reading the certificate authorities that Java trusts takes longer than a call without TLS. Thread-safe.
 */
final class DeferredSslContext extends SSLContext {
    DeferredSslContext(Supplier<SSLContext> made) {
        super(new Spi(new Lazy<>(made)), null, "TLS");
    }

    /** One that trusts the authorities that Java trusts, and those in a file that was readable when the settings were checked. */
    static SSLContext trusting(Optional<Path> caFile) {
        return new DeferredSslContext(() -> {
            try {
                return caFile.isPresent()
                        ? CustomCertificateAuthority.contextWithDefaults(caFile.get())
                        : SSLContext.getDefault();
            } catch (IOException e) {
                throw new UncheckedIOException("transport.ca_file cannot be used: " + e.getMessage(), e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Java has no usable TLS: " + e.getMessage(), e);
            }
        });
    }

    private static final class Spi extends SSLContextSpi {
        private final Lazy<SSLContext> made;

        Spi(Lazy<SSLContext> made) {
            this.made = made;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("initialized by its maker");
        }

        /** None, so that each connection has the defaults of its engine. */
        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return new SSLParameters();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return made.get().createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return made.get().createSSLEngine(host, port);
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return made.get().getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return made.get().getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return made.get().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return made.get().getClientSessionContext();
        }
    }
}
