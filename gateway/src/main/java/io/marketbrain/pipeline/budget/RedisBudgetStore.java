package io.marketbrain.pipeline.budget;

import io.marketbrain.model.cost.Money;
import io.marketbrain.pipeline.ScriptRunner;
import io.marketbrain.pipeline.ScriptRunner.Script;
import io.marketbrain.store.StoreUnavailable;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Budgets in the Redis that gateways share: one hash per account and period, changed by atomic scripts.
 *
 * <p><b>Retries are idempotent.</b> A lease whose response was lost may have been granted, immediately or when a frozen
 * Redis resumes. Every gateway numbers its leases and retries with the same number until it has a response; the hash
 * stores the last number of each gateway and what it was granted.
 *
 * <p><b>A lost count closes the account.</b> The hash has a random generation and counts its changes. A gateway
 * remembers both, and stores the generation on disk. If Redis has another generation, none, or fewer changes (because
 * it was emptied, evicted the key or was restored from an older copy), the amount spent is unknown: the account is
 * closed for the rest of the period, for all gateways.
 *
 * <p>Numbers are below 2^53, which Lua adds and compares exactly. Thread-safe; blocks for the duration of a Redis call.
 */
final class RedisBudgetStore implements BudgetStore {
    private static final long MOST = 1L << 53;
    private static final String KEEP_MILLIS =
            Long.toString(java.time.Duration.ofDays(41).toMillis());

    /**
     * ARGV: known generation (0: none), known changes, generation for a new hash, time to live in ms, and from 9: the
     * amount spent before the account was shared, and the id of the folder in which that was counted.
     */
    private static final String ENTER = """
            local k = KEYS[1]
            local function number(field) return tonumber(redis.call('HGET', k, field) or '0') end
            local gen = redis.call('HGET', k, 'generation')
            if not gen and ARGV[3] ~= '0' then
              gen = ARGV[3]
              redis.call('HSET', k, 'generation', gen)
              redis.call('PEXPIRE', k, ARGV[4])
            end
            if gen and ((ARGV[1] ~= '0' and ARGV[1] ~= gen) or number('changes') < tonumber(ARGV[2])) then
              redis.call('HSET', k, 'lost', '1')
            end
            local lost = number('lost')
            if not gen and ARGV[1] ~= '0' then lost = 1 end
            local used = number('used')
            local carry = tonumber(ARGV[9])
            if redis.call('HEXISTS', k, 'c:' .. ARGV[10]) == 1 then carry = 0 end
            used = used + carry
            """;

    /** ARGV from 5: gateway, lease number, amount, limit. Returns lost, granted, used, generation, changes. */
    private static final Script LEASE = new Script(ENTER + """
            if lost == 1 then return {1, 0, used, tonumber(gen), number('changes')} end
            local last, seq = number('n:' .. ARGV[5]), tonumber(ARGV[6])
            if last >= seq then
              local granted = 0
              if last == seq then granted = number('g:' .. ARGV[5]) end
              return {0, granted, used, tonumber(gen), number('changes')}
            end
            local granted = tonumber(ARGV[7])
            if granted > tonumber(ARGV[8]) - used then granted = tonumber(ARGV[8]) - used end
            if granted <= 0 then return {0, 0, used, tonumber(gen), number('changes')} end
            local text = string.format('%.0f', granted)
            if carry > 0 then
              redis.call('HSET', k, 'c:' .. ARGV[10], ARGV[9])
              redis.call('HINCRBY', k, 'used', ARGV[9])
            end
            used = redis.call('HINCRBY', k, 'used', text)
            redis.call('HSET', k, 'n:' .. ARGV[5], ARGV[6], 'g:' .. ARGV[5], text)
            redis.call('PEXPIRE', k, ARGV[4])
            return {0, granted, used, tonumber(gen), redis.call('HINCRBY', k, 'changes', 1)}
            """);

    /** ARGV from 5: gateway, lease number, amount. Returns the same as LEASE. */
    private static final Script GIVE_BACK = new Script(ENTER + """
            if lost == 0 and number('n:' .. ARGV[5]) < tonumber(ARGV[6]) and used >= tonumber(ARGV[7]) then
              used = redis.call('HINCRBY', k, 'used', '-' .. ARGV[7])
              redis.call('HSET', k, 'n:' .. ARGV[5], ARGV[6], 'g:' .. ARGV[5], '0')
              redis.call('HINCRBY', k, 'changes', 1)
            end
            return {lost, 0, used, tonumber(gen), number('changes')}
            """);

    /** Returns the same as LEASE; generation 0 if there is none. */
    private static final Script READ = new Script(ENTER + """
            return {lost, 0, used, tonumber(gen or '0'), number('changes')}
            """);

    private final ScriptRunner redis;
    private final Generations generations;
    private final RandomGenerator random;
    private final String gateway;
    private final Map<String, Known> known = new HashMap<>();
    /**
     * The source of lease numbers: never the same number twice, even for an account that was evicted from
     * {@link #known}.
     */
    private final AtomicLong sequence = new AtomicLong();

    RedisBudgetStore(ScriptRunner redis, Generations generations, RandomGenerator random) {
        this.redis = redis;
        this.generations = generations;
        this.random = random;
        this.gateway = HexFormat.of().toHexDigits(random.nextLong());
    }

    /** Stores the last seen generation of an account's count across restarts; 0 means none. */
    interface Generations {
        long find(String account, String window) throws StoreUnavailable;

        /** The amount spent before the account was shared. */
        Money before(String account, String window) throws StoreUnavailable;

        /** The id of the folder in which that amount was counted. */
        long folder() throws StoreUnavailable;

        void save(String account, String window, long generation) throws StoreUnavailable;

        void close();
    }

    /** What this gateway knows about an account in one period. */
    private static final class Known {
        private long generation;
        private long changes;
        private long number;
        private Money before = Money.NONE;
        private long folder;
    }

    @Override
    public Lease lease(String account, String window, Money want, Money limit) throws StoreUnavailable {
        if (limit.micros() >= MOST) {
            throw new IllegalArgumentException("the limit of a shared budget must be below " + new Money(MOST));
        }
        Known mine = known(account, window);
        synchronized (mine) {
            List<Long> reply = run(LEASE, mine, account, window, true, want.micros(), limit.micros());
            long granted = reply.get(1);
            if (granted > 0) {
                mine.number = sequence.incrementAndGet();
            }
            return new Lease(new Money(granted), new Money(reply.get(2)));
        }
    }

    @Override
    public void giveBack(String account, String window, Money unspent) throws StoreUnavailable {
        Known mine = known(account, window);
        synchronized (mine) {
            try {
                run(GIVE_BACK, mine, account, window, true, unspent.micros(), 0);
            } finally {
                mine.number = sequence.incrementAndGet();
            }
        }
    }

    @Override
    public Money used(String account, String window) throws StoreUnavailable {
        Known mine = known(account, window);
        synchronized (mine) {
            return new Money(run(READ, mine, account, window, false, 0, 0).get(2));
        }
    }

    private List<Long> run(
            Script script, Known mine, String account, String window, boolean begins, long amount, long limit)
            throws StoreUnavailable {
        String fresh = begins ? Long.toString(random.nextLong(1, MOST)) : "0";
        List<Long> reply;
        try {
            reply = redis.run(
                    script,
                    "budget:{" + account + "}:" + window,
                    List.of(
                            Long.toString(mine.generation),
                            Long.toString(mine.changes),
                            fresh,
                            KEEP_MILLIS,
                            gateway,
                            Long.toString(mine.number),
                            Long.toString(amount),
                            Long.toString(limit),
                            Long.toString(mine.before.micros()),
                            Long.toString(mine.folder)));
        } catch (ScriptRunner.Unavailable away) {
            throw new StoreUnavailable(String.valueOf(away.getMessage()), away);
        }
        if (!isPossible(reply, limit)) {
            throw new StoreUnavailable("Redis sent what the budget's script cannot return", null);
        }
        if (reply.getFirst() == 1) {
            throw new BudgetStore.CountLost(
                    "Redis lost the budget's count for " + window + ", so the amount left is unknown");
        }
        long generation = reply.get(3);
        if (generation != 0 && generation != mine.generation) {
            generations.save(account, window, generation);
            mine.generation = generation;
        }
        mine.changes = Math.max(mine.changes, reply.get(4));
        return reply;
    }

    /** Whether the scripts can have returned it: an amount that is not limited by the budget must never be spent. */
    private static boolean isPossible(List<Long> reply, long limit) {
        return reply.size() == 5
                && reply.stream().allMatch(number -> number >= 0 && number <= MOST)
                && reply.get(1) <= limit
                && reply.get(1) <= reply.get(2);
    }

    private Known known(String account, String window) throws StoreUnavailable {
        String key = account + " " + window;
        synchronized (known) {
            Known found = known.get(key);
            if (found == null) {
                found = new Known();
                found.number = sequence.incrementAndGet();
                found.generation = generations.find(account, window);
                found.folder = generations.folder();
                if (found.generation == 0) {
                    found.before = generations.before(account, window);
                }
                known.keySet().removeIf(other -> other.startsWith(account + " "));
                known.put(key, found);
            }
            return found;
        }
    }

    @Override
    public void close() {
        generations.close();
    }
}
