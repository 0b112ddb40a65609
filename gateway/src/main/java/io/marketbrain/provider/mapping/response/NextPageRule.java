package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list says how the next one is requested: a token, or an address of which only one parameter counts, so that
 * no response chooses where the gateway sends a request.
 *
 * @param path where the response says it; null if it does not
 * @param parameter the parameter of the address; null if the value is the token itself
 * @param last the token of the page after those, such as one of delisted instruments; null if there is none
 * @param total where the response says how many instruments there are, whose pages are requested by the number of those before
 *     them; null if pages have tokens
 */
public record NextPageRule(
        @Nullable PayloadPath path,
        @Nullable String parameter,
        @Nullable String last,
        @Nullable PayloadPath total) {
    /** A longer token is none. */
    private static final int LONGEST = 1024;

    /** {@code {"path": "next_url", "parameter": "cursor"}} or {@code {"total": "pagination.total"}}. */
    public static NextPageRule read(DescriptorObject json) {
        String last = json.findText("last").orElse(null);
        PayloadPath total = json.has("total") ? PayloadPath.read(json, "total") : null;
        boolean hasTokens = json.has("path") || (last == null && total == null);
        var next = new NextPageRule(
                hasTokens ? PayloadPath.read(json, "path") : null,
                json.findText("parameter").orElse(null),
                last,
                total);
        if (hasTokens && total != null) {
            throw json.wrong("total", "and 'path' exclude each other");
        }
        json.end();
        return next;
    }

    /**
     * The token of the next page; empty on the last one.
     *
     * @param page the token of this page; null for the first
     * @param rows how many rows the page has, also of those that are left out
     */
    public Optional<String> find(RowContext document, @Nullable String page, int rows) throws MalformedPayload {
        if (last != null && last.equals(page)) {
            return Optional.empty();
        }
        Optional<String> said = total != null
                ? findOffset(total, document, page, rows)
                : path == null ? Optional.empty() : find(path, document);
        return said.or(() -> Optional.ofNullable(last));
    }

    /** How many rows this page and those before it have, if there are more. */
    private static Optional<String> findOffset(PayloadPath total, RowContext document, @Nullable String page, int rows)
            throws MalformedPayload {
        long upToHere = (page == null ? 0 : Long.parseLong(page)) + rows;
        BigDecimal all = total.at(document.document(), document.values()).decimal();
        return rows > 0 && all.compareTo(BigDecimal.valueOf(upToHere)) > 0
                ? Optional.of(Long.toString(upToHere))
                : Optional.empty();
    }

    private Optional<String> find(PayloadPath path, RowContext document) throws MalformedPayload {
        Optional<PayloadNode> found = path.find(document.document(), document.values());
        if (found.isEmpty() || found.get().isNull() || found.get().text().isEmpty()) {
            return Optional.empty();
        }
        String token =
                parameter == null ? found.get().text() : parameterOf(found.get().text(), parameter);
        if (token.isEmpty() || token.length() > LONGEST) {
            throw new MalformedPayload(found.get(), " does not name the next page");
        }
        return Optional.of(token);
    }

    private static String parameterOf(String address, String name) throws MalformedPayload {
        for (String pair : address.substring(address.indexOf('?') + 1).split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return decoded(pair.substring(name.length() + 1));
            }
        }
        return "";
    }

    private static String decoded(String value) throws MalformedPayload {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload("the address of the next page is not encoded as a URL");
        }
    }
}
