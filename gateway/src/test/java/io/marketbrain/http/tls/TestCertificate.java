package io.marketbrain.http.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost, made with the JDK's keytool, as PEM files, and clients that trust it. */
public final class TestCertificate {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final X509Certificate certificate;
    private final PrivateKey key;

    private TestCertificate(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * Creates a certificate.
     *
     * @param algorithm RSA, EC or Ed25519
     */
    public static TestCertificate make(String algorithm, Path folder) throws Exception {
        Path store = Files.createTempDirectory(folder, "cert").resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-XX:+UseSerialGC",
                        "-J-XX:TieredStopAtLevel=1",
                        "-genkeypair",
                        "-keyalg",
                        algorithm,
                        "-alias",
                        "it",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,dns:provider.test,ip:127.0.0.1",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return new TestCertificate(
                (X509Certificate) keys.getCertificate("it"), (PrivateKey) keys.getKey("it", PASSWORD));
    }

    /** The settings of a server that presents it. */
    public SSLContext context() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry("it", key, PASSWORD, new X509Certificate[] {certificate});
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    X509Certificate certificate() {
        return certificate;
    }

    PrivateKey key() {
        return key;
    }

    public String pem() throws GeneralSecurityException {
        return block("CERTIFICATE", certificate.getEncoded());
    }

    public String keyPem() {
        return block("PRIVATE KEY", key.getEncoded());
    }

    /** The key in its older format, which is the last part of the PKCS#8 encoding. */
    String oldKeyPem() {
        byte[] pkcs8 = key.getEncoded();
        for (int at = 3; at < pkcs8.length; at++) {
            int tag = pkcs8[at];
            int size = pkcs8[at + 1] & 0xff;
            int head = size < 0x80 ? 2 : 2 + (size & 0x7f);
            int length = size < 0x80
                    ? size
                    : size == 0x81 ? pkcs8[at + 2] & 0xff : ((pkcs8[at + 2] & 0xff) << 8) | (pkcs8[at + 3] & 0xff);
            if (tag == 4 && at + head + length == pkcs8.length) {
                return block(key.getAlgorithm() + " PRIVATE KEY", Arrays.copyOfRange(pkcs8, at + head, pkcs8.length));
            }
        }
        throw new IllegalStateException("no octet string at the end");
    }

    static String block(String label, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    /** Writes both files atomically, the key first. */
    public TlsConfig in(Path folder) throws Exception {
        write(folder.resolve("key.pem"), keyPem());
        write(folder.resolve("cert.pem"), pem());
        return new TlsConfig(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    }

    public static void write(Path file, String text) throws IOException {
        Path next = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".next");
        Files.writeString(next, text);
        Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** An SSL context that trusts these certificates. */
    public static SSLContext trusting(TestCertificate... trusted) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (TestCertificate one : List.of(trusted)) {
            store.setCertificateEntry("c" + store.size(), one.certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
