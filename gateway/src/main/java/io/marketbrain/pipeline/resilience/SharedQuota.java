package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.RateLimit;
import io.marketbrain.pipeline.ScriptRunner;
import io.marketbrain.pipeline.ScriptRunner.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Counts what all gateways together used of a provider's rate limits, in the Redis that they share and by its clock, in
 * sixty slots like {@link QuotaWindow}: the limits hold over any period for all gateways together. A
 * {@code Retry-After} sent to one gateway applies to all. While Redis is unavailable, each gateway uses its share of
 * the limits: one part in as many gateways as were seen recently. Thread-safe; blocks for the duration of a Redis call.
 */
final class SharedQuota implements QuotaCounts {
    private static final int MICRO = 1000;
    private static final int SLOTS = 60;
    private static final long SEEN_MICROS = 120_000_000L;
    /** The longest wait that a provider asked another gateway for, like the longest one saved by this gateway. */
    private static final long LONGEST_ASKED_MICROS = Duration.ofDays(7).toNanos() / MICRO;

    /**
     * ARGV: gateway, how long it counts as seen (µs), time to live of the key (ms), then for each limit: name, slot
     * (µs), share, amount. Returns wait (µs), limit (from 1; 0 is a wait that the provider asked for), now, gateways,
     * used of each limit.
     */
    private static final Script TAKE = new Script("""
            local k = KEYS[1]
            local t = redis.call('TIME')
            local now = t[1] * 1000000 + t[2]
            local count = (#ARGV - 3) / 4
            local slots, sum, current, names = {}, {}, {}, {}
            for i = 1, count do
              local name = ARGV[4 * i]
              names[name] = i
              slots[i], sum[i] = {}, 0
              current[i] = math.floor(now / tonumber(ARGV[4 * i + 1]))
            end
            local gateways, until_ = 1, 0
            local all = redis.call('HGETALL', k)
            for f = 1, #all, 2 do
              local name, slot = string.match(all[f], '^(.+):([^:]+)$')
              local value = tonumber(all[f + 1]) or 0
              local i = names[name]
              if i then
                slot = tonumber(slot) or 0
                if slot < current[i] - 60 then
                  redis.call('HDEL', k, all[f])
                else
                  slots[i][slot] = value
                  sum[i] = sum[i] + value
                end
              elseif name == 'gateway' and slot ~= ARGV[1] then
                if now - value > tonumber(ARGV[2]) then
                  redis.call('HDEL', k, all[f])
                else
                  gateways = gateways + 1
                end
              elseif name == 'asked' then
                until_ = value
              end
            end
            local wait, which = 0, 1
            for i = 1, count do
              local size = tonumber(ARGV[4 * i + 1])
              local share = tonumber(ARGV[4 * i + 2])
              local excess = sum[i] + math.min(tonumber(ARGV[4 * i + 3]), share) - share
              local nanos = 0
              if excess > 0 then
                nanos = 61 * size
                for slot = current[i] - 60, current[i] do
                  excess = excess - (slots[i][slot] or 0)
                  if excess <= 0 then
                    nanos = (slot + 61) * size - now
                    break
                  end
                end
              end
              if nanos > wait then wait, which = nanos, i end
            end
            if until_ - now > wait then wait, which = until_ - now, 0 end
            redis.call('HSET', k, 'gateway:' .. ARGV[1], string.format('%.0f', now))
            if wait == 0 then
              for i = 1, count do
                local slot = string.format('%.0f', current[i])
                redis.call('HINCRBY', k, ARGV[4 * i] .. ':' .. slot, ARGV[4 * i + 3])
                sum[i] = sum[i] + tonumber(ARGV[4 * i + 3])
              end
            end
            local left = redis.call('PTTL', k)
            if left < tonumber(ARGV[3]) then redis.call('PEXPIRE', k, ARGV[3]) end
            local reply = {wait, which, now, gateways}
            for i = 1, count do reply[4 + i] = sum[i] end
            return reply
            """);

    /** ARGV: when (µs), then for each limit: name, slot (µs), amount. */
    private static final Script GIVE_BACK = new Script("""
            for i = 0, (#ARGV - 1) / 3 - 1 do
              local slot = math.floor(tonumber(ARGV[1]) / tonumber(ARGV[3 * i + 3]))
              local field = ARGV[3 * i + 2] .. ':' .. string.format('%.0f', slot)
              local there = tonumber(redis.call('HGET', KEYS[1], field) or '0')
              if there >= tonumber(ARGV[3 * i + 4]) then
                redis.call('HINCRBY', KEYS[1], field, '-' .. ARGV[3 * i + 4])
              end
            end
            return {0}
            """);

    /** ARGV: the length of the wait (µs). */
    private static final Script ASKED = new Script("""
            local t = redis.call('TIME')
            local to = t[1] * 1000000 + t[2] + tonumber(ARGV[1])
            if to > tonumber(redis.call('HGET', KEYS[1], 'asked:until') or '0') then
              redis.call('HSET', KEYS[1], 'asked:until', string.format('%.0f', to))
              local life = math.floor(tonumber(ARGV[1]) / 1000) + 60000
              if redis.call('PTTL', KEYS[1]) < life then redis.call('PEXPIRE', KEYS[1], string.format('%.0f', life)) end
            end
            return {0}
            """);

    /** What all gateways had used of each limit at the last response from Redis. */
    private record Seen(List<Long> used, long at) {
        private Seen {
            used = List.copyOf(used);
        }
    }

    private final ScriptRunner redis;
    private final List<RateLimit> limits;
    private final LocalQuota local;
    private final NanoClock nanoClock;
    private final String keySuffix;
    private final String gateway;
    private final String ttlMillis;
    private volatile long gateways = 1;
    private volatile Seen seen = new Seen(List.of(), 0);
    /** Marks amounts that were counted locally, so that they are given back locally. */
    private static final long LOCAL = 1L << 62;

    SharedQuota(
            ScriptRunner redis,
            ProviderId provider,
            List<RateLimit> limits,
            LocalQuota local,
            NanoClock nanoClock,
            RandomGenerator random) {
        this.redis = redis;
        this.limits = List.copyOf(limits);
        this.local = local;
        this.nanoClock = nanoClock;
        this.keySuffix = "quota:{" + provider + "}";
        this.gateway = HexFormat.of().toHexDigits(random.nextLong());
        this.ttlMillis = Long.toString(Math.max(
                SEEN_MICROS / MICRO,
                2
                        * limits.stream()
                                .mapToLong(limit -> limit.per().toMillis())
                                .max()
                                .orElse(0)));
    }

    @Override
    public Wait take(long[] amounts, int percent) {
        var arguments = new ArrayList<String>(List.of(gateway, Long.toString(SEEN_MICROS), ttlMillis));
        for (int i = 0; i < limits.size(); i++) {
            long share = Math.max(1, limits.get(i).amount() * percent / 100);
            arguments.add(name(i));
            arguments.add(Long.toString(slotMicros(i)));
            arguments.add(Long.toString(share));
            arguments.add(Long.toString(amounts[i]));
        }
        try {
            List<Long> reply = redis.run(TAKE, keySuffix, arguments);
            if (!isPossible(reply)) {
                return takeLocally(amounts, percent);
            }
            gateways = reply.get(3);
            seen = new Seen(reply.subList(4, reply.size()), nanoClock.nanos());
            long wait = reply.get(0) * MICRO;
            if (wait == 0) {
                local.use(amounts);
            }
            return new Wait(wait, (int) (reply.get(1) - 1), reply.get(2));
        } catch (ScriptRunner.Unavailable away) {
            return takeLocally(amounts, percent);
        }
    }

    /** Whether the script can have returned it: anything else is treated as no reply. */
    private boolean isPossible(List<Long> reply) {
        if (reply.size() != 4 + limits.size() || reply.stream().anyMatch(number -> number < 0)) {
            return false;
        }
        long wait = reply.get(0);
        long which = reply.get(1);
        long gatewaysSeen = reply.get(3);
        if (which > limits.size() || gatewaysSeen < 1) {
            return false;
        }
        long longest = which == 0
                ? LONGEST_ASKED_MICROS
                : 2 * limits.get((int) which - 1).per().toNanos() / MICRO;
        return wait <= longest;
    }

    /** Uses this gateway's share of the limits: one part in as many gateways as were seen recently. */
    private Wait takeLocally(long[] amounts, int percent) {
        Wait wait = local.take(amounts, percent, gateways);
        return new Wait(wait.nanos(), wait.limit(), LOCAL);
    }

    @Override
    public void giveBack(long[] amounts, long at) {
        if (at == LOCAL) {
            // The amounts expire with their slot.
            return;
        }
        var arguments = new ArrayList<String>(List.of(Long.toString(at)));
        for (int i = 0; i < limits.size(); i++) {
            arguments.add(name(i));
            arguments.add(Long.toString(slotMicros(i)));
            arguments.add(Long.toString(amounts[i]));
        }
        runQuietly(GIVE_BACK, arguments);
    }

    @Override
    public void onRetryAfter(long nanos) {
        runQuietly(ASKED, List.of(Long.toString(Math.max(1, nanos / MICRO))));
    }

    private void runQuietly(Script script, List<String> arguments) {
        try {
            redis.run(script, keySuffix, arguments);
        } catch (ScriptRunner.Unavailable away) {
            // Amounts that are not given back expire by themselves; the wait is also kept by the layer around this one.
        }
    }

    @Override
    public long used(int limit) {
        Seen last = seen;
        if (redis.away() || limit >= last.used().size()) {
            return local.used(limit);
        }
        boolean over = nanoClock.nanos() - last.at() > limits.get(limit).per().toNanos();
        return over ? 0 : last.used().get(limit);
    }

    @Override
    public void close() {
        local.close();
    }

    private String name(int limit) {
        RateLimit of = limits.get(limit);
        return (of.counts() == RateLimit.Counts.CALLS ? "calls/" : "weight/")
                + of.per().toMillis();
    }

    private long slotMicros(int limit) {
        return Math.max(1, Math.ceilDiv(limits.get(limit).per().toNanos() / MICRO, SLOTS));
    }
}
