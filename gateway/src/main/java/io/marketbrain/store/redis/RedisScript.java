package io.marketbrain.store.redis;

/** A Lua script as Redis takes it. All keys of a call share a hash tag, as a cluster requires. */
public interface RedisScript {
    /** The source, in UTF-8. */
    byte[] source();

    /** The SHA-1 digest of the source in hexadecimal, by which Redis knows a script that it has cached. */
    byte[] digest();
}
