package io.marketbrain.pipeline.stream.relay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Redis says about a shard.
 *
 * @param held whether this gateway holds the lease
 * @param token the token of the lease; 0 if nobody holds it
 * @param known whether Redis knows what this gateway wants
 * @param revision changes with what is wanted
 * @param wanted what the other gateways want, as texts of channels; empty if it has not changed. Only for the holder
 * @param asked the channels whose state was asked for. Only for the holder
 */
record LeaseReply(
        boolean held, long token, boolean known, long revision, Optional<List<String>> wanted, List<String> asked) {

    /** Accepts any reply; empty for one that the script does not return. */
    static Optional<LeaseReply> read(@Nullable Object reply) {
        if (reply instanceof List<?> parts
                && parts.size() == 7
                && parts.get(0) instanceof Long held
                && parts.get(1) instanceof Long token
                && parts.get(2) instanceof Long known
                && parts.get(3) instanceof Long revision
                && parts.get(4) instanceof Long follows
                && parts.get(5) instanceof List<?> others
                && parts.get(6) instanceof List<?> asked) {
            Optional<List<String>> wanted = follows == 1
                    ? Optional.of(texts(others).stream()
                            .flatMap(list -> Arrays.stream(list.split("\n", -1)))
                            .distinct()
                            .toList())
                    : Optional.empty();
            return Optional.of(new LeaseReply(held == 1, token, known == 1, revision, wanted, texts(asked)));
        }
        return Optional.empty();
    }

    private static List<String> texts(List<?> list) {
        List<String> texts = new ArrayList<>();
        for (Object one : list) {
            if (one instanceof byte[] bytes) {
                texts.add(new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return texts;
    }
}
