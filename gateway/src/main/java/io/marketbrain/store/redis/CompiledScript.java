package io.marketbrain.store.redis;

import io.marketbrain.pipeline.ScriptRunner.Script;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A script with its digest. */
final class CompiledScript implements RedisScript {
    private final byte[] source;
    private final byte[] digest;

    CompiledScript(Script script) {
        this.source = RedisConnection.bytes(script.source());
        try {
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(source);
            this.digest = HexFormat.of().formatHex(sha1).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    @Override
    public byte[] source() {
        return source;
    }

    @Override
    public byte[] digest() {
        return digest;
    }
}
