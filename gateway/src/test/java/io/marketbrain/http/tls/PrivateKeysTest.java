package io.marketbrain.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The supported formats of private keys, and the messages for unusable ones. */
@Timeout(120)
class PrivateKeysTest {
    @TempDir
    static Path folder;

    private static TestCertificate rsa;
    private static TestCertificate ec;

    @BeforeAll
    static void make() throws Exception {
        rsa = TestCertificate.make("RSA", folder);
        ec = TestCertificate.make("EC", folder);
    }

    private static Path file(String text) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "key", ".pem"), text);
    }

    private static void reads(TestCertificate of, String pem) throws Exception {
        assertThat(PrivateKeys.of(of.certificate().getPublicKey(), file(pem)).getEncoded())
                .isEqualTo(of.key().getEncoded());
    }

    private static void refuses(TestCertificate of, String pem, String... words) throws Exception {
        Path file = file(pem);
        assertThatThrownBy(() -> PrivateKeys.of(of.certificate().getPublicKey(), file))
                .isInstanceOf(TlsConfigException.class)
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain("AAAA");
    }

    @Test
    void are_read_in_every_supported_format() throws Exception {
        reads(rsa, rsa.keyPem());
        reads(rsa, rsa.oldKeyPem());
        reads(rsa, rsa.keyPem().replace("\n", "\r\n"));
        reads(rsa, "Bag Attributes\n  friendlyName: it\n" + rsa.keyPem());
        reads(rsa, rsa.pem() + rsa.keyPem());
        reads(ec, ec.keyPem());
        reads(ec, "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + ec.oldKeyPem());
        TestCertificate ed = TestCertificate.make("Ed25519", folder);
        reads(ed, ed.keyPem());
    }

    @Test
    void that_cannot_be_used_are_rejected_with_what_to_do() throws Exception {
        refuses(rsa, ec.keyPem(), "no key of the certificate's type", "RSA");
        refuses(rsa, TestCertificate.make("RSA", folder).keyPem(), "the key of another certificate");
        refuses(rsa, TestCertificate.block("ENCRYPTED PRIVATE KEY", new byte[40]), "is encrypted", "openssl pkey");
        refuses(rsa, """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,00

                AAAA
                -----END RSA PRIVATE KEY-----
                """, "is encrypted");
        refuses(rsa, TestCertificate.block("OPENSSH PRIVATE KEY", new byte[40]), "not supported", "openssl pkey");
        refuses(rsa, rsa.pem(), "contains no private key");
        refuses(rsa, "nonsense", "is not PEM");
        refuses(rsa, "-----BEGIN PRIVATE KEY-----\nAAAA\n", "has no end");
        refuses(rsa, "-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----\n", "not Base64");
        refuses(rsa, TestCertificate.block("PRIVATE KEY", new byte[40]), "no key of the certificate's type");
        assertThatThrownBy(() -> PrivateKeys.of(rsa.certificate().getPublicKey(), folder.resolve("none")))
                .hasMessageContaining("does not exist");
    }
}
