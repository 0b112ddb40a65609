package io.marketbrain.http.tls;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/**
 * The private key of a certificate from PEM: PKCS#8 ({@code PRIVATE KEY}), PKCS#1 ({@code RSA PRIVATE KEY}) or SEC 1
 * ({@code EC PRIVATE KEY}). The older two formats lack the algorithm identifier; with that of the certificate they are
 * wrapped as PKCS#8 (RFC 5208, 5).
 */
final class PrivateKeys {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final byte[] SAMPLE = {1, 2, 3, 4};

    private PrivateKeys() {}

    static PrivateKey of(PublicKey certified, Path file) throws TlsConfigException {
        List<PemBlocks.Block> blocks = PemBlocks.read(file);
        for (PemBlocks.Block block : blocks) {
            if (block.label().endsWith("PRIVATE KEY")) {
                PrivateKey key = read(block, certified, file);
                check(key, certified, file);
                return key;
            }
        }
        throw new TlsConfigException(file + " contains no private key, only " + blocks);
    }

    private static PrivateKey read(PemBlocks.Block block, PublicKey certified, Path file) throws TlsConfigException {
        byte[] pkcs8 = switch (block.label()) {
            case "PRIVATE KEY" -> block.der();
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                if (block.headers().contains("ENCRYPTED")) {
                    throw encrypted(file);
                }
                yield wrapped(certified, block.der());
            }
            case "ENCRYPTED PRIVATE KEY" -> throw encrypted(file);
            default ->
                throw new TlsConfigException(file + " has a " + block.label()
                        + ", which is not supported; convert it to PKCS#8:" + " openssl pkey -in OLD -out NEW");
        };
        try {
            return KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new TlsConfigException(
                    file + " contains no key of the certificate's type, " + certified.getAlgorithm());
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static TlsConfigException encrypted(Path file) {
        return new TlsConfigException(
                file + " is encrypted, and the gateway cannot prompt for a passphrase. Decrypt it into a"
                        + " file that only its owner may read: openssl pkey -in OLD -out NEW");
    }

    /** Checks that {@code key} and {@code certified} are a pair, by signing and verifying. */
    private static void check(PrivateKey key, PublicKey certified, Path file) throws TlsConfigException {
        try {
            var signature = Signature.getInstance(
                    switch (certified.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        case "EdDSA" -> "EdDSA";
                        default ->
                            throw new TlsConfigException("certificates with " + certified.getAlgorithm()
                                    + " keys are not supported, only RSA, EC and Ed25519");
                    });
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(SAMPLE);
            if (!signature.verify(signed)) {
                throw new TlsConfigException(file + " is the key of another certificate");
            }
        } catch (GeneralSecurityException e) {
            throw new TlsConfigException(file + " is the key of another certificate");
        }
    }

    private static byte[] wrapped(PublicKey certified, byte[] key) throws TlsConfigException {
        byte[] algorithm = algorithm(certified.getEncoded());
        return der(SEQUENCE, VERSION_0, algorithm, der(OCTET_STRING, key));
    }

    /** The algorithm identifier of an encoded public key: the first of the two elements of its sequence. */
    private static byte[] algorithm(byte[] publicKey) throws TlsConfigException {
        int start = contentStart(publicKey, 0);
        int content = contentStart(publicKey, start);
        int end = content + length(publicKey, start);
        if (publicKey[start] != SEQUENCE || end > publicKey.length) {
            throw new TlsConfigException("the certificate's public key is not well-formed");
        }
        return Arrays.copyOfRange(publicKey, start, end);
    }

    private static int contentStart(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int length = 0;
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length < 0x80) {
            whole.write(length);
        } else {
            int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
            whole.write(0x80 | bytes);
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
                whole.write(length >> shift);
            }
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
