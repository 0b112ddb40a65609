package io.marketbrain.provider.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The messages that a provider sent, in order, from {@code src/test/resources/feeds}. */
public final class RecordedFrames {
    private static final JsonMapper JSON = new JsonMapper();

    private RecordedFrames() {}

    /**
     * Texts.
     *
     * @param name such as {@code kraken/live-btc-eth}
     */
    public static List<String> of(String name) {
        return messages(name).stream().map(FeedSocket.Message::text).toList();
    }

    /** The texts of all messages, those of binary messages decompressed. */
    public static List<String> texts(String name) {
        return frames(name).stream().map(frame -> frame.get("raw").asString()).toList();
    }

    /** Texts, and the bytes of binary messages. */
    public static List<FeedSocket.Message> messages(String name) {
        return frames(name).stream().map(RecordedFrames::message).toList();
    }

    private static FeedSocket.Message message(JsonNode frame) {
        for (String binary : List.of("gzip_b64", "binary_b64")) {
            if (frame.has(binary)) {
                return new FeedSocket.Message(
                        null, Base64.getDecoder().decode(frame.get(binary).asString()));
            }
        }
        return new FeedSocket.Message(frame.get("raw").asString(), null);
    }

    private static List<JsonNode> frames(String name) {
        try (var in = RecordedFrames.class.getResourceAsStream("/feeds/" + name + ".jsonl")) {
            List<JsonNode> frames = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                JsonNode frame = JSON.readTree(line);
                if (frame.get("dir").asString().equals("in")) {
                    frames.add(frame);
                }
            }
            return frames;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
