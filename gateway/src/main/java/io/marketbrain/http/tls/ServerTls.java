package io.marketbrain.http.tls;

import io.marketbrain.model.NanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Server-side TLS 1.2 and 1.3 for HTTP/1.1 with the current certificate. At most once a second, a new connection checks
 * whether the files have changed. New files are used from that connection on; if they cannot be used, the previous
 * certificate stays in use, and the log and the status say why. Thread-safe.
 */
public final class ServerTls {
    private static final System.Logger LOG = System.getLogger(ServerTls.class.getName());
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SESSION = Duration.ofHours(1);
    private static final int SESSIONS = 1000;

    private final TlsConfig config;
    private final NanoClock nanoClock;
    private List<Object> stamp;
    private long lastCheck;
    private Loaded loaded;
    private Optional<String> problem = Optional.empty();

    /** A certificate in use. */
    private record Loaded(SSLContext context, SingleKeyManager certificate) {}

    /** @throws TlsConfigException if the certificate or key cannot be used */
    public ServerTls(TlsConfig config, NanoClock nanoClock) throws TlsConfigException {
        // A client that keeps renegotiating would occupy a CPU core.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        this.config = config;
        this.nanoClock = nanoClock;
        this.stamp = stamp();
        this.lastCheck = nanoClock.nanos();
        this.loaded = load();
    }

    public TlsConfig config() {
        return config;
    }

    /** When the certificate expires. */
    public synchronized Instant expires() {
        return loaded.certificate.expires();
    }

    /** Why the current files cannot be used, so that the previous certificate stays in use; empty if they can. */
    public synchronized Optional<String> findProblem() {
        return problem;
    }

    /**
     * Wraps a connection in server-side TLS without exchanging bytes yet. The caller closes {@code socket}.
     *
     * @param consumed bytes that were already read from the socket
     */
    public SSLSocket over(Socket socket, InputStream consumed) throws IOException {
        SSLContext context = current();
        var secure = (SSLSocket) context.getSocketFactory().createSocket(socket, consumed, false);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        parameters.setUseCipherSuitesOrder(true);
        secure.setSSLParameters(parameters);
        secure.setUseClientMode(false);
        return secure;
    }

    private synchronized SSLContext current() {
        long now = nanoClock.nanos();
        if (now - lastCheck >= CHECK_INTERVAL.toNanos()) {
            lastCheck = now;
            List<Object> fresh = stamp();
            if (!fresh.equals(stamp)) {
                stamp = fresh;
                reload();
            }
        }
        return loaded.context;
    }

    private void reload() {
        try {
            loaded = load();
            problem = Optional.empty();
            LOG.log(System.Logger.Level.INFO, "loaded a new TLS certificate, valid until {0}", expires());
        } catch (TlsConfigException unusable) {
            problem = Optional.of(unusable.words());
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the new TLS certificate or key cannot be used, the previous ones stay in use: {0}",
                    unusable.words());
        }
    }

    private Loaded load() throws TlsConfigException {
        SingleKeyManager certificate = SingleKeyManager.read(config);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {certificate}, new TrustManager[0], null);
            context.getServerSessionContext().setSessionCacheSize(SESSIONS);
            context.getServerSessionContext().setSessionTimeout((int) SESSION.toSeconds());
            return new Loaded(context, certificate);
        } catch (GeneralSecurityException e) {
            throw new TlsConfigException("this Java cannot use " + config.certificate() + ": " + e.getMessage());
        }
    }

    private List<Object> stamp() {
        return List.of(stamp(config.certificate()), stamp(config.key()));
    }

    private static Object stamp(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return List.of(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
        } catch (IOException e) {
            return "none";
        }
    }
}
