package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.store.redis.RedisConnection;
import io.marketbrain.store.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The scripts of a shard, each of which decides and acts at once. The times are those of Redis. */
enum RelayScript implements RedisScript {
    /**
     * Takes or renews the lease, and exchanges what is wanted. A lease that has expired is taken back with the same token if nobody
     * held it in between; every other one has a greater token than all before, also where Redis has lost its data. KEYS: lease, meta, seen, wanted, asked. ARGV: gateway,
     * lease (ms), interest (ms), own token (0 for none), revision known, 1 to take the lease if it is free or was given to this gateway under another token, 1 if the list follows, list of what this gateway wants, channels whose state
     * it asks for. Returns 1 if it holds the lease, the token of the lease (0 if nobody has it), 1 if its list is known, revision, 1 if what others want follows, their lists, channels asked for.
     */
    RENEW("""
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            local me, life = ARGV[1], ARGV[3]
            local changed = false
            if ARGV[7] == '1' then
              changed = true
              if ARGV[8] == '' then redis.call('HDEL', KEYS[4], me) redis.call('ZREM', KEYS[3], me)
              else redis.call('HSET', KEYS[4], me, ARGV[8]) end
            end
            local known = redis.call('HEXISTS', KEYS[4], me)
            if known == 1 then redis.call('ZADD', KEYS[3], string.format('%.0f', now + life), me) end
            for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', string.format('%.0f', now))) do
              redis.call('ZREM', KEYS[3], gone)
              redis.call('HDEL', KEYS[4], gone)
              changed = true
            end
            local revision = tonumber(redis.call('HGET', KEYS[2], 'revision') or '0')
            if changed then
              revision = math.max(revision + 1, now)
              redis.call('HSET', KEYS[2], 'revision', string.format('%.0f', revision))
            end
            if redis.call('SCARD', KEYS[5]) < 10000 then
              for i = 9, #ARGV do redis.call('SADD', KEYS[5], ARGV[i]) end
            end
            local held = redis.call('GET', KEYS[1])
            local mine = ARGV[4] .. ':' .. me
            if held and ARGV[6] == '1' and string.match(held, ':(.*)$') == me then mine = held end
            if not held and ARGV[6] == '1' then
              local last = tonumber(redis.call('HGET', KEYS[2], 'token') or '0')
              if last == 0 or tonumber(ARGV[4]) ~= last then
                local token = string.format('%.0f', math.max(last + 1, now))
                redis.call('HSET', KEYS[2], 'token', token)
                mine = token .. ':' .. me
              end
              redis.call('SET', KEYS[1], mine, 'PX', ARGV[2])
              held = mine
            elseif held == mine then
              redis.call('PEXPIRE', KEYS[1], ARGV[2])
            end
            redis.call('PEXPIRE', KEYS[2], 86400000)
            for i = 3, 5 do redis.call('PEXPIRE', KEYS[i], life) end
            local token = held and tonumber(string.match(held, '^(%d+):')) or 0
            local others, asked, follows = {}, {}, 0
            if held == mine then
              asked = redis.call('SMEMBERS', KEYS[5])
              redis.call('DEL', KEYS[5])
              if revision ~= tonumber(ARGV[5]) then
                follows = 1
                local all = redis.call('HGETALL', KEYS[4])
                for i = 1, #all, 2 do
                  if all[i] ~= me then others[#others + 1] = all[i + 1] end
                end
              end
            end
            return {held == mine and 1 or 0, token, known, revision, follows, others, asked}
            """),
    /**
     * Publishes messages, unless another gateway has the lease: so one that was frozen cannot. KEYS: lease, events. ARGV: token and
     * gateway, events kept, how long (ms), messages. Returns 1, or 0 if another gateway has the lease or nobody.
     */
    PUBLISH("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            for i = 4, #ARGV do redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], '*', 'm', ARGV[i]) end
            redis.call('PEXPIRE', KEYS[2], ARGV[3])
            return 1
            """),
    /** Gives back the lease and forgets what the gateway wanted. KEYS: lease, meta, seen, wanted. ARGV: gateway. */
    LEAVE("""
            local held = redis.call('GET', KEYS[1])
            if held and string.match(held, ':(.*)$') == ARGV[1] then redis.call('DEL', KEYS[1]) end
            redis.call('ZREM', KEYS[3], ARGV[1])
            if redis.call('HDEL', KEYS[4], ARGV[1]) == 1 then redis.call('HINCRBY', KEYS[2], 'revision', 1) end
            return 1
            """);

    private final String source;
    private final String digest;

    RelayScript(String source) {
        this.source = source;
        try {
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.US_ASCII));
            this.digest = HexFormat.of().formatHex(sha1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    @Override
    public byte[] source() {
        return RedisConnection.bytes(source);
    }

    @Override
    public byte[] digest() {
        return RedisConnection.bytes(digest);
    }
}
