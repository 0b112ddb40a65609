package io.marketbrain.api.streams;

import io.marketbrain.api.endpoints.DataEndpoints;
import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Interval;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.StreamKind;
import java.util.List;
import java.util.Optional;

/** Reads the kinds of data that a client names: {@code quote}, {@code book:20}, {@code candle:1m}. Pure. */
final class StreamKinds {
    static final List<StreamKind> DEFAULT = List.of(new StreamKind.Quotes());

    private static final String ALLOWED = "quote, trade, book, book:DEPTH with a depth of 1 to "
            + DataEndpoints.MAX_DEPTH + ", candle:INTERVAL such as candle:1m, news";

    private StreamKinds() {}

    static Outcome<StreamKind> find(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        Optional<String> detail = colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
        Optional<StreamKind> kind = switch (name) {
            case "quote" -> detail.isPresent() ? Optional.empty() : Optional.of(new StreamKind.Quotes());
            case "trade" -> detail.isPresent() ? Optional.empty() : Optional.of(new StreamKind.Trades());
            case "news" -> detail.isPresent() ? Optional.empty() : Optional.of(new StreamKind.News());
            case "book" ->
                detail.isEmpty()
                        ? Optional.of(new StreamKind.Book(DataEndpoints.DEFAULT_DEPTH))
                        : depth(detail.get()).map(StreamKind.Book::new);
            case "candle" -> detail.flatMap(Interval::find).map(StreamKind.Bars::new);
            default -> Optional.empty();
        };
        return kind.map(Outcome::success)
                .orElseGet(() ->
                        Outcome.failed(new Failure.InvalidQuery("kinds", EchoedText.of(text), "one of " + ALLOWED)));
    }

    private static Optional<Integer> depth(String digits) {
        if (digits.isEmpty() || digits.length() > 4 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int depth = Integer.parseInt(digits);
        return depth >= 1 && depth <= DataEndpoints.MAX_DEPTH ? Optional.of(depth) : Optional.empty();
    }
}
