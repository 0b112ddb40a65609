package io.marketbrain.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The context of one request apart from the query itself: caller, priority and deadline.
 *
 * @param mockChoice whether the caller accepts mock data, labelled as such, in place of a live provider's
 * @param cache what the request demands of the cache; {@link CacheDirectives#NONE} for most
 * @param trace where layers record their decisions; {@link Trace#NONE} unless the request asked for an explanation
 * @param untrustedAllowed whether the caller accepts data that cannot be right, flagged, where there is no other
 * @param nextPage whether it is for a page after the first of a range, so that what the first ones cost is lost without it
 */
public record Call(
        CallId id,
        Caller caller,
        Priority priority,
        Deadline deadline,
        MockChoice mockChoice,
        CacheDirectives cache,
        Trace trace,
        boolean untrustedAllowed,
        boolean nextPage) {

    /** A call without demands of the cache and without a trace. */
    public Call(CallId id, Caller caller, Priority priority, Deadline deadline, MockChoice mockChoice) {
        this(id, caller, priority, deadline, mockChoice, CacheDirectives.NONE, Trace.NONE, false, false);
    }

    /** A call without demands of the cache and without a trace, for a caller that does not decline mock data. */
    public Call(CallId id, Caller caller, Priority priority, Deadline deadline, boolean mockWhenDown) {
        this(id, caller, priority, deadline, mockWhenDown ? MockChoice.ACCEPTED : MockChoice.DEFAULT);
    }

    /** Whether the caller accepts mock data while a live provider is down. */
    public boolean mockWhenDown() {
        return mockChoice == MockChoice.ACCEPTED;
    }

    /** The same call with other demands of the cache. */
    public Call demanding(CacheDirectives cache) {
        return new Call(id, caller, priority, deadline, mockChoice, cache, trace, untrustedAllowed, nextPage);
    }

    /** The same call with another deadline. */
    public Call until(Deadline deadline) {
        return new Call(id, caller, priority, deadline, mockChoice, cache, trace, untrustedAllowed, nextPage);
    }

    /** The same call with another trace. */
    public Call tracedBy(Trace trace) {
        return new Call(id, caller, priority, deadline, mockChoice, cache, trace, untrustedAllowed, nextPage);
    }

    /** The same call with another priority. */
    public Call at(Priority priority) {
        return new Call(id, caller, priority, deadline, mockChoice, cache, trace, untrustedAllowed, nextPage);
    }

    /** The same call, which accepts untrusted data. */
    public Call allowingUntrusted() {
        return new Call(id, caller, priority, deadline, mockChoice, cache, trace, true, nextPage);
    }

    /** The same call, for a page after the first. */
    public Call forNextPage() {
        return new Call(id, caller, priority, deadline, mockChoice, cache, trace, untrustedAllowed, true);
    }

    /** What a caller says about mock data in place of a live provider's. */
    public enum MockChoice {
        /** Nothing: mock data of a provider that is not live, or that rejects its key in the mode {@code auto}. */
        DEFAULT,
        /** It is accepted while a provider is down. */
        ACCEPTED,
        /** It is never accepted, unless the provider {@code mock} or a provider in the mode {@code mock} is requested. */
        DECLINED
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
