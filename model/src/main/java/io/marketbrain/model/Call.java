package io.marketbrain.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The context of one request apart from the query itself: caller, priority and deadline.
 *
 * @param mockWhenDown whether the caller accepts mock data, labelled as such, while a live provider is down
 * @param cache what the request demands of the cache; {@link CacheDirectives#NONE} for most
 * @param trace where layers record their decisions; {@link Trace#NONE} unless the request asked for an explanation
 * @param untrustedAllowed whether the caller accepts data that cannot be right, flagged, where there is no other
 */
public record Call(
        CallId id,
        Caller caller,
        Priority priority,
        Deadline deadline,
        boolean mockWhenDown,
        CacheDirectives cache,
        Trace trace,
        boolean untrustedAllowed) {

    /** A call without demands of the cache and without a trace. */
    public Call(CallId id, Caller caller, Priority priority, Deadline deadline, boolean mockWhenDown) {
        this(id, caller, priority, deadline, mockWhenDown, CacheDirectives.NONE, Trace.NONE, false);
    }

    /** The same call with other demands of the cache. */
    public Call demanding(CacheDirectives cache) {
        return new Call(id, caller, priority, deadline, mockWhenDown, cache, trace, untrustedAllowed);
    }

    /** The same call with another deadline. */
    public Call until(Deadline deadline) {
        return new Call(id, caller, priority, deadline, mockWhenDown, cache, trace, untrustedAllowed);
    }

    /** The same call with another trace. */
    public Call tracedBy(Trace trace) {
        return new Call(id, caller, priority, deadline, mockWhenDown, cache, trace, untrustedAllowed);
    }

    /** The same call with another priority. */
    public Call at(Priority priority) {
        return new Call(id, caller, priority, deadline, mockWhenDown, cache, trace, untrustedAllowed);
    }

    /** The same call, which accepts untrusted data. */
    public Call allowingUntrusted() {
        return new Call(id, caller, priority, deadline, mockWhenDown, cache, trace, true);
    }

    /**
     * What a request demands of the cache (RFC 9111, 5.2.1).
     *
     * @param maxAge the greatest accepted age of data that can still change; null if any age is accepted
     * @param noCache whether nothing cached is accepted, not even data that can no longer change
     * @param onlyIfCached whether the request fails instead of being forwarded to a provider
     */
    public record CacheDirectives(@Nullable Duration maxAge, boolean noCache, boolean onlyIfCached) {
        /** No demands. Requests without directives share this instance. */
        public static final CacheDirectives NONE = new CacheDirectives(null, false, false);

        /** Whether the age of the data matters. */
        public boolean limitAge() {
            return noCache || maxAge != null;
        }

        /** Accepts only data that is at most {@code age} old. */
        public static CacheDirectives maxAge(Duration age) {
            return new CacheDirectives(age, false, false);
        }
    }
}
