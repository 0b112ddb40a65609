package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.NewsItem;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.text.IdentifierText;
import io.marketbrain.model.text.LinkText;
import io.marketbrain.model.text.ProseText;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes news items of the rows that a mapping finds: newest first, each id once, texts cleaned. Items without a title are left
 * out. Pure.
 */
final class MappedNews {
    private static final int ID_BYTES = 16;

    private MappedNews() {}

    static NewsItems read(Descriptor descriptor, NewsQuery q, ResponseMapping mapping, RawPayload raw)
            throws MalformedPayload {
        Map<String, NewsItem> byId = new LinkedHashMap<>();
        List<RowContext> rows = mapping.document(q, descriptor.symbols(), raw).rows(mapping.rows(), raw.limits());
        List<RowContext> complete = mapping.complete(rows);
        if (complete.isEmpty() && !rows.isEmpty()) {
            throw new MalformedPayload("none of " + rows.size() + " news items has both a title and a time");
        }
        for (RowContext row : complete) {
            NewsItem item = item(mapping.fields(), row);
            if (!item.title().isEmpty()) {
                byId.putIfAbsent(item.id(), item);
            }
        }
        List<NewsItem> items = new ArrayList<>(byId.values());
        items.sort(Comparator.comparing(NewsItem::published).reversed());
        List<NewsItem> kept = items.subList(0, Math.min(items.size(), q.limit()));
        return new NewsItems(kept, kept.isEmpty() ? null : kept.getFirst().published());
    }

    private static NewsItem item(RowFields fields, RowContext row) throws MalformedPayload {
        Instant published = fields.time(row);
        Optional<String> text = fields.findText("title", row);
        String title = text.isPresent() ? ProseText.TITLE.clean(text.get()) : "";
        Optional<String> address = fields.findText("url", row);
        Optional<String> id = fields.findText("id", row);
        return new NewsItem(
                id(id.or(() -> address).orElse(published + " " + title)),
                published,
                title,
                summary(fields.findText("summary", row)),
                address.flatMap(LinkText::find).orElse(null));
    }

    private static @Nullable String summary(Optional<String> text) {
        return text.map(ProseText.SUMMARY::clean)
                .filter(summary -> !summary.isEmpty())
                .orElse(null);
    }

    /** What identifies the item: the text itself, or a digest of it if it is too long or not an id. */
    private static String id(String text) {
        if (IdentifierText.ID.isValid(text)) {
            return text;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
