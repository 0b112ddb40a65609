package io.marketbrain.model;

import java.time.Duration;

/**
 * What the cache did for one answer: the facts behind {@code Cache-Status} (RFC 9211), {@code Age} and
 * {@code Cache-Control} (RFC 9111, RFC 5861).
 *
 * @param tier where the answer was found
 * @param forward why a provider was asked; {@link Forward#NONE} for a hit
 * @param age the time since a provider was asked for the data; zero for what was just fetched
 * @param ttl how long the answer stays fresh; negative by as much as it is stale
 * @param staleFor how long, after it has stopped being fresh, the answer may still be served, labelled
 * @param stored whether the answer is kept for others
 * @param collapsed whether the answer was fetched for another request that was under way
 * @param memo where the edge may leave what it made of the answer; shared by all hits of one entry
 */
public record CacheNote(
        Tier tier,
        Forward forward,
        Duration age,
        Duration ttl,
        Duration staleFor,
        boolean stored,
        boolean collapsed,
        Memo memo) {

    /** The note of an answer that has not met a cache: not to be kept by anybody. */
    public static final CacheNote NONE = new CacheNote(
            Tier.ORIGIN, Forward.BYPASS, Duration.ZERO, Duration.ZERO, Duration.ZERO, false, false, new Memo());

    /** Where an answer was found. */
    public enum Tier {
        /** This process, the small first tier. */
        L1,
        /** The Redis that gateways share. */
        L2,
        /** This process, the larger tier that serves while Redis does not. */
        FALLBACK,
        /** The provider. */
        ORIGIN
    }

    /** Why a provider was asked. */
    public enum Forward {
        /** It was not: a hit. */
        NONE("none"),
        /** Nothing was there. */
        MISS("uri-miss"),
        /** What was there was too old. */
        STALE("stale"),
        /** A part was there. */
        PARTIAL("partial"),
        /** The answer is none that the cache keeps. */
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

    /** Whether the cache answered without asking a provider. */
    public boolean hit() {
        return forward == Forward.NONE;
    }

    /** How long the answer was to be fresh when it was fetched: the {@code max-age} that goes with {@link #age}. */
    public Duration maxAge() {
        var whole = age.plus(ttl);
        return whole.isNegative() ? Duration.ZERO : whole;
    }
}
