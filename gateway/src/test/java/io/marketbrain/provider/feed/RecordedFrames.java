package io.marketbrain.provider.feed;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The messages that a provider sent, in order, from {@code src/test/resources/feeds}. */
public final class RecordedFrames {
    private RecordedFrames() {}

    /** @param name such as {@code kraken/live-btc-eth} */
    public static List<String> of(String name) {
        return messages(name).stream().map(FeedSocket.Message::text).toList();
    }

    /** Texts, and the bytes of binary messages. */
    public static List<FeedSocket.Message> messages(String name) {
        try (var in = RecordedFrames.class.getResourceAsStream("/feeds/" + name + ".jsonl")) {
            List<FeedSocket.Message> frames = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                JsonValue frame = JsonValue.parse(line.getBytes(StandardCharsets.UTF_8));
                if ("in".equals(frame.at("dir").text())) {
                    frames.add(
                            frame.find("gzip_b64").isPresent()
                                    ? new FeedSocket.Message(
                                            null,
                                            Base64.getDecoder()
                                                    .decode(frame.at("gzip_b64").text()))
                                    : new FeedSocket.Message(frame.at("raw").text(), null));
                }
            }
            return frames;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedPayload e) {
            throw new IllegalStateException(name, e);
        }
    }
}
