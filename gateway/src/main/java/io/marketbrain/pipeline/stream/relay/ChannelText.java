package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.model.text.NumberText;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of a channel of a provider that all gateways write alike: one line of safe characters. Pure. */
final class ChannelText {
    /** The longest text. */
    static final int MAX_LENGTH = 1000;

    private static final int MAX_DEPTH = 10_000;
    private static final String BOOK = "book:";
    private static final String BARS = "candle:";

    private ChannelText() {}

    static String of(Channel channel) {
        Instrument instrument = channel.instrument();
        return String.join(
                "|",
                List.of(
                        encoded(channel.kind().wire()),
                        instrument.type().name(),
                        encoded(instrument.base()),
                        encoded(instrument.quote()),
                        encoded(instrument.settle()),
                        encoded(instrument.mic()),
                        instrument.expiry() == null ? "" : instrument.expiry().toString(),
                        encoded(instrument.rolling())));
    }

    /** Accepts any text; empty for one that is no channel. */
    static Optional<Channel> find(ProviderId provider, String text) {
        String[] parts = text.split("\\|", -1);
        if (text.length() > MAX_LENGTH || parts.length != 8) {
            return Optional.empty();
        }
        try {
            var instrument = new Instrument(
                    AssetType.valueOf(parts[1]),
                    decoded(parts[2]),
                    decoded(parts[3]),
                    parts[4].isEmpty() ? null : decoded(parts[4]),
                    parts[5].isEmpty() ? null : decoded(parts[5]),
                    parts[6].isEmpty() ? null : LocalDate.parse(parts[6]),
                    parts[7].isEmpty() ? null : decoded(parts[7]));
            // Two texts of one channel would be two subscriptions of it.
            return kind(decoded(parts[0]))
                    .map(kind -> new Channel(provider, instrument, kind))
                    .filter(channel -> of(channel).equals(text));
        } catch (RuntimeException invalid) {
            // The text is untrusted input, and any exception means that it is none of a channel.
            return Optional.empty();
        }
    }

    private static Optional<StreamKind> kind(String wire) {
        if (wire.startsWith(BOOK)) {
            int depth = NumberText.parseInt(wire.substring(BOOK.length()));
            return depth >= 1 && depth <= MAX_DEPTH ? Optional.of(new StreamKind.Book(depth)) : Optional.empty();
        }
        if (wire.startsWith(BARS)) {
            return Interval.find(wire.substring(BARS.length())).map(StreamKind.Bars::new);
        }
        return switch (wire) {
            case "quote" -> Optional.of(new StreamKind.Quotes());
            case "trade" -> Optional.of(new StreamKind.Trades());
            case "news" -> Optional.of(new StreamKind.News());
            default -> Optional.empty();
        };
    }

    private static String encoded(@Nullable String text) {
        return text == null ? "" : URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
