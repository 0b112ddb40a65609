package io.marketbrain.api.rendering;

import io.marketbrain.model.CacheStatus;
import java.time.Duration;

/** Describes what the cache did in the headers {@code Cache-Control}, {@code Age} and {@code Cache-Status}. Pure. */
public final class CacheHeaders {
    private static final String NAME = "MarketIntelBrain";

    private CacheHeaders() {}

    public static Response on(Response reply, CacheStatus note) {
        boolean kept = note.hit() || note.stored();
        reply.with("Cache-Control", kept ? control(note) : "no-cache");
        if (kept) {
            reply.with("Age", Long.toString(note.age().toSeconds()));
        }
        return reply.with("Cache-Status", status(note));
    }

    /**
     * RFC 9111 with the extensions of RFC 5861; whole seconds, rounded down, so that no client caches the response too
     * long.
     */
    private static String control(CacheStatus note) {
        var out = new StringBuilder(64).append("max-age=").append(note.maxAge().toSeconds());
        append(out, ", stale-while-revalidate=", note.revalidateFor());
        append(out, ", stale-if-error=", note.staleFor());
        return out.toString();
    }

    private static void append(StringBuilder out, String directive, Duration time) {
        if (time.toSeconds() > 0) {
            out.append(directive).append(time.toSeconds());
        }
    }

    /** RFC 9211. */
    private static String status(CacheStatus note) {
        var out = new StringBuilder(48).append(NAME);
        if (note.hit()) {
            out.append("; hit");
        } else {
            out.append("; fwd=").append(note.forward().wire());
        }
        if (note.hit() || note.stored()) {
            out.append("; ttl=").append(seconds(note.ttl()));
        }
        if (note.stored()) {
            out.append("; stored");
        }
        if (note.collapsed()) {
            out.append("; collapsed");
        }
        if (note.hit()) {
            out.append("; detail=").append(tier(note.tier()));
        }
        return out.toString();
    }

    private static long seconds(Duration ttl) {
        return Math.floorDiv(ttl.toMillis(), 1000L);
    }

    private static String tier(CacheStatus.Tier tier) {
        return switch (tier) {
            case L1 -> "l1";
            case L2 -> "l2";
            case FALLBACK -> "fallback";
            case ORIGIN -> "origin";
        };
    }
}
