package io.marketbrain.model;

import io.marketbrain.model.size.Memo;
import java.time.Duration;

/**
 * What the cache did for one response: the values behind {@code Cache-Status} (RFC 9211), {@code Age} and
 * {@code Cache-Control} (RFC 9111, RFC 5861).
 *
 * @param tier where the response was found
 * @param forward why the request went to a provider; {@link Forward#NONE} for a hit
 * @param age the time since the data was fetched from the provider; zero if it was fetched for this request
 * @param ttl how long the response stays fresh; negative once it is stale, by the time since it expired
 * @param revalidateFor how long after its expiry the response may be served while it is refreshed
 * @param staleFor how long after its expiry the response may still be served, labelled as stale, if no newer data can be loaded
 * @param stored whether the response was stored for later requests
 * @param collapsed whether the response was fetched by another request that was already in progress
 * @param memo where the HTTP API may keep the rendered response; shared by all hits of one entry
 */
public record CacheStatus(
        Tier tier,
        Forward forward,
        Duration age,
        Duration ttl,
        Duration revalidateFor,
        Duration staleFor,
        boolean stored,
        boolean collapsed,
        Memo memo) {

    /** The note of a response that has not passed through a cache and must not be stored. */
    public static final CacheStatus NONE = new CacheStatus(
            Tier.ORIGIN,
            Forward.BYPASS,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            false,
            false,
            new Memo());

    /** Where a response was found. */
    public enum Tier {
        /** The small in-process tier. */
        L1,
        /** The Redis shared by all gateways. */
        L2,
        /** The larger in-process tier, used while Redis is unavailable. */
        FALLBACK,
        /** The provider. */
        ORIGIN
    }

    /** Why a request was forwarded to a provider. */
    public enum Forward {
        /** Not forwarded: a cache hit. */
        NONE("none"),
        /** No entry was found. */
        MISS("uri-miss"),
        /** The entry had expired. */
        STALE("stale"),
        /** The entry was fresh, but the request demanded newer data. */
        REQUEST("request"),
        /** Only a part of the data was cached. */
        PARTIAL("partial"),
        /** Responses of this kind are not cached. */
        BYPASS("bypass");

        private final String wire;

        Forward(String wire) {
            this.wire = wire;
        }

        /** The token of RFC 9211's {@code fwd} parameter. */
        public String wire() {
            return wire;
        }
    }

    /** Whether the response came from the cache, without a call to a provider. */
    public boolean hit() {
        return forward == Forward.NONE;
    }

    /** The same note for a response that differs from the cached one. */
    public CacheStatus withoutMemo() {
        return new CacheStatus(tier, forward, age, ttl, revalidateFor, staleFor, stored, collapsed, new Memo());
    }

    /** The freshness lifetime of the response when it was fetched: the {@code max-age} that belongs to {@link #age}. */
    public Duration maxAge() {
        var whole = age.plus(ttl);
        return whole.isNegative() ? Duration.ZERO : whole;
    }
}
