package io.marketbrain.pipeline.cache.tier;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats keys for the shared tier: safe characters only, bounded length, identical in every gateway. */
public final class SharedKeyCodec {
    private static final int MAX_LENGTH = 100;

    private SharedKeyCodec() {}

    public static SharedTier.ValueKey name(CacheKey key) {
        MarketQuery query = key.query();
        return new SharedTier.ValueKey(scope(query.provider(), query.subject()), name(key, query));
    }

    public static Scope scope(ProviderId provider, String subject) {
        return new Scope(provider.value(), safe(subject));
    }

    private static String name(CacheKey key, MarketQuery query) {
        String kind = query.operation().name().toLowerCase(Locale.ROOT);
        String what = switch (query) {
            case QuoteQuery q -> kind + ":" + at(q.at());
            case CandlesQuery q ->
                kind + ":" + q.interval().wire() + ":" + at(q.from()) + ":" + at(q.to()) + ":" + q.limit()
                        + (q.adjustment() == null ? "" : ":" + q.adjustment().wire());
            case BookQuery q -> kind + ":" + q.depth() + ":" + at(q.at());
            case TradesQuery q -> kind + ":" + q.limit() + (q.orFewer() ? "-" : "") + ":" + at(q.at());
            case SeriesQuery q -> kind + ":" + at(q.from()) + ":" + at(q.to()) + ":" + q.limit();
            case NewsQuery q -> kind + ":" + q.limit();
            case SymbolsQuery q -> kind + ":" + orNothing(q.list()) + ":" + orNothing(q.page());
        };
        String instrument = query instanceof MarketQuery.OfInstrument of
                ? ":" + of.instrument().type().wire() + ":"
                        + safe(of.instrument().quote())
                : "";
        return Integer.toHexString(BoundPayloadCodec.SCHEMA) + ":" + what + instrument + ":" + safe(key.variant())
                + switch (key.mockChoice()) {
                    case DEFAULT -> "";
                    case ACCEPTED -> ":m";
                    case DECLINED -> ":d";
                };
    }

    private static String at(@Nullable Instant instant) {
        return instant == null ? "-" : instant.getEpochSecond() + "." + instant.getNano();
    }

    /** The safe form of a text, which is never empty; nothing, if there is none. */
    private static String orNothing(@Nullable String text) {
        return text == null ? "" : safe(text);
    }

    /** Returns the text itself if it is short and has only safe characters, otherwise its sanitised beginning and a digest. */
    private static String safe(String text) {
        var out = new StringBuilder();
        boolean changed = text.length() > MAX_LENGTH;
        for (int i = 0; i < Math.min(text.length(), MAX_LENGTH); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '/'
                    || c == '.'
                    || c == '-'
                    || c == '@';
            out.append(plain ? c : '_');
            changed |= !plain;
        }
        return changed || text.isEmpty() ? out + "~" + digest(text) : out.toString();
    }

    private static String digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
