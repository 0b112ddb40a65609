package io.marketbrain.pipeline.cache.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A private certificate authority and a server certificate that it signed, created with the JDK's keytool. */
public final class Certificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    /** @param name the name of the server as a keytool SAN entry: {@code IP:127.0.0.1} or {@code DNS:host} */
    public Certificates(Path folder, String name) throws IOException, InterruptedException, GeneralSecurityException {
        this.folder = folder;
        keytool("ca", "-ext", "bc:c");
        keytool("server", "-signer", "ca", "-ext", "san=" + name);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("store.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        write("ca.crt", "CERTIFICATE", store.getCertificate("ca").getEncoded());
        write("server.crt", "CERTIFICATE", store.getCertificate("server").getEncoded());
        write(
                "server.key",
                "PRIVATE KEY",
                store.getKey("server", PASSWORD.toCharArray()).getEncoded());
    }

    private void keytool(String alias, String... more) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:+UseSerialGC",
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve("store.p12").toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(more));
        Path log = folder.resolve("keytool.log");
        int end = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (end != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
    }

    private void write(String file, String kind, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n",
                StandardCharsets.US_ASCII);
    }

    public Path ca() {
        return folder.resolve("ca.crt");
    }

    /** The redis-server options for TLS on this port. */
    public String[] options(int port) {
        return new String[] {
            "--tls-port", "" + port,
            "--tls-cert-file", folder.resolve("server.crt").toString(),
            "--tls-key-file", folder.resolve("server.key").toString(),
            "--tls-ca-cert-file", ca().toString(),
            "--tls-auth-clients", "no"
        };
    }
}
