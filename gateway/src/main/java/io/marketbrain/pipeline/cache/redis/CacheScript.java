package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.store.redis.RedisConnection;
import io.marketbrain.store.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The Lua scripts, each of which makes a decision and its effect atomic. All keys of a script share a hash tag, as a cluster requires. The scripts accept any stored value; if Redis refuses a write they return its error text.
 */
enum CacheScript implements RedisScript {
    /**
     * Reads the value and takes the lease if there is no fresh one. A lease without an expiry counts as abandoned, and so does one of an earlier request of the same gateway, because a gateway runs one load per key at a time. KEYS: value, epoch, lease, turn. ARGV: largest value,
     * younger than (ms), lease owner, lease (ms), keep turns (ms). Returns kind, value, time left, epoch, turn, where
     * kind is 0 for a hit, 1 for a lease taken, 2 for a lease held by another gateway, and 3 for a refused write, with the error text in place of the value.
     */
    OPEN("""
            local max, younger = tonumber(ARGV[1]), tonumber(ARGV[2])
            local v, left, epoch = look(max)
            if v and fresh(v, left, younger) then return {0, v, left, epoch, 0} end
            local set = redis.pcall('SET', KEYS[3], ARGV[3], 'NX', 'PX', ARGV[4])
            if type(set) == 'table' and set.err then return {3, set.err, 0, epoch, 0} end
            if not set then
              local held = text(KEYS[3])
              local earlier = string.sub(held, 1, 17) == string.sub(ARGV[3], 1, 17) and held < ARGV[3]
              if earlier or redis.call('PTTL', KEYS[3]) == -1 then
                set = redis.pcall('SET', KEYS[3], ARGV[3], 'PX', ARGV[4])
                if set.err then return {3, set.err, 0, epoch, 0} end
              end
            end
            if not set then return {2, v or '', left, epoch, 0} end
            local turn = tonumber(text(KEYS[4])) or 0
            local before = v and tonumber(string.sub(v, 21, 32), 16) or 0
            if before > turn then turn = before end
            turn = turn + 1
            redis.pcall('SET', KEYS[4], string.format('%.0f', turn), 'PX', ARGV[5])
            return {1, v or '', left, epoch, turn}
            """),
    /** Reads the value only. KEYS: value, epoch. ARGV: largest value, younger than (ms). Returns the same as OPEN, with kind 0 for a hit and 2 for none. */
    PEEK("""
            local v, left, epoch = look(tonumber(ARGV[1]))
            if v and fresh(v, left, tonumber(ARGV[2])) then return {0, v, left, epoch, 0} end
            return {2, v or '', left, epoch, 0}
            """),
    /**
     * Writes a value unless the present one is newer. KEYS: value, epoch, lease. ARGV: largest value, tail of the envelope, age
     * (ms), hard (ms), turn (0 without lease), epoch ('' without), owner ('' without), time to live of an epoch (ms) less the longest time that this call can have been in transit, channel, message. Returns 1 if written, 0 if not, or an error text.
     */
    STORE("""
            local age, hard, turn = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
            local v, left, epoch = look(tonumber(ARGV[1]))
            local result = 1
            if ARGV[6] ~= '' then
              if ARGV[6] ~= epoch then result = 0 end
            else
              local bumped = redis.call('PTTL', KEYS[2])
              if bumped > 0 and tonumber(ARGV[8]) - bumped <= age then result = 0 end
            end
            local before = v and tonumber(string.sub(v, 21, 32), 16) or 0
            if result == 1 and v then
              if turn > 0 and before > 0 then
                if before >= turn then result = 0 end
              elseif tonumber(string.sub(v, 33, 44), 16) - left <= age then result = 0 end
            end
            if age >= hard then result = 0 end
            if result == 1 then
              if turn == 0 then turn = before end
              local value = 'MIB1' .. epoch .. string.format('%012x', turn) .. ARGV[2]
              local set = redis.pcall('SET', KEYS[1], value, 'PX', string.format('%.0f', hard - age))
              if type(set) == 'table' and set.err then result = set.err end
            end
            if ARGV[7] ~= '' then
              if text(KEYS[3]) == ARGV[7] then redis.pcall('DEL', KEYS[3]) end
              redis.pcall('PUBLISH', ARGV[9], ARGV[10])
            end
            return result
            """),
    /** Releases a lease and announces the key. KEYS: value, epoch, lease. ARGV: owner, channel, message. Returns 1, or 0 if the owner does not hold the lease. */
    RELEASE("""
            if text(KEYS[3]) ~= ARGV[1] then return 0 end
            redis.pcall('DEL', KEYS[3])
            redis.pcall('PUBLISH', ARGV[2], ARGV[3])
            return 1
            """),
    /** Starts a new epoch. KEYS: any key of the scope, epoch. ARGV: epoch, its time to live (ms), channel, message. Returns how many subscribers received the message, -1 if it could not be published, or an error text. */
    PURGE("""
            local set = redis.pcall('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
            if type(set) == 'table' and set.err then return set.err end
            local heard = redis.pcall('PUBLISH', ARGV[3], ARGV[4])
            return type(heard) == 'number' and heard or -1
            """),
    /** Sends a message. KEYS: any key of the scope, epoch. ARGV: channel, message. */
    SEND("""
            redis.pcall('PUBLISH', ARGV[1], ARGV[2])
            return 1
            """);

    private static final String COMMON = """
            local function text(key)
              local r = redis.pcall('GET', key)
              if type(r) == 'string' then return r end
              return ''
            end
            local function look(max)
              local epoch = text(KEYS[2])
              if #epoch ~= 16 then epoch = '----------------' end
              local size = redis.pcall('STRLEN', KEYS[1])
              if type(size) ~= 'number' or size < 64 or size > max + 64 then return false, -2, epoch end
              local v, left = text(KEYS[1]), redis.call('PTTL', KEYS[1])
              local hard = tonumber(string.sub(v, 33, 44), 16)
              if string.sub(v, 1, 4) ~= 'MIB1' or not hard or not tonumber(string.sub(v, 21, 32), 16)
                  or left < 0 or left > hard or string.sub(v, 5, 20) ~= epoch then return false, -2, epoch end
              return v, left, epoch
            end
            local function fresh(v, left, younger)
              local age = tonumber(string.sub(v, 33, 44), 16) - left
              local soft = tonumber(string.sub(v, 45, 56), 16)
              return soft ~= nil and age < soft and age < younger
            end
            """;

    private final String source;
    private final String digest;

    CacheScript(String body) {
        this.source = COMMON + body;
        this.digest = sha1(source);
    }

    @Override
    public byte[] source() {
        return RedisConnection.bytes(source);
    }

    @Override
    public byte[] digest() {
        return RedisConnection.bytes(digest);
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
