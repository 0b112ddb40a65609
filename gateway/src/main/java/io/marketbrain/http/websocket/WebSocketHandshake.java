package io.marketbrain.http.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.marketbrain.http.message.Headers;
import io.marketbrain.http.message.HttpGrammar;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Checks the request that opens a WebSocket (RFC 6455, 4.2). The {@code Origin} is left to the caller, who knows which
 * are allowed.
 */
public final class WebSocketHandshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;
    private static final int KEY_CHARACTERS = 24;

    /** The result of the check. */
    public sealed interface Result {}

    /**
     * A request that may open a WebSocket.
     *
     * @param key as the client sent it
     * @param protocols the subprotocols that the client offers, in its order of preference; may contain credentials
     */
    public record Accepted(String key, List<String> protocols) implements Result {
        /**
         * The headers of the response 101; its body is a {@link WebSocketUpgrade}.
         *
         * @param protocol one of the offered subprotocols; browsers disconnect if they offered some and get none
         * @throws IllegalArgumentException if the client did not offer the protocol
         */
        public Headers headers(Optional<String> protocol) {
            var headers = new Headers()
                    .put("Upgrade", "websocket")
                    .put("Connection", "Upgrade")
                    .put("Sec-WebSocket-Accept", acceptValue(key));
            if (protocol.isPresent()) {
                if (!protocols.contains(protocol.get())) {
                    throw new IllegalArgumentException("the client did not offer this protocol");
                }
                headers.put("Sec-WebSocket-Protocol", protocol.get());
            }
            return headers;
        }

        @Override
        public String toString() {
            return "Accepted"; // protocols may contain credentials
        }
    }

    /**
     * A request that cannot open a WebSocket.
     *
     * @param status 400, 405 or 426
     * @param headers required by the status
     */
    public record Rejected(int status, String detail, Headers headers) implements Result {}

    private WebSocketHandshake() {}

    /**
     * Checks the head of a request.
     *
     * @param find the first value of a header
     */
    public static Result check(String method, Function<String, Optional<String>> find) {
        if (!method.equals("GET")) {
            return new Rejected(405, "a WebSocket is opened with GET", new Headers().put("Allow", "GET"));
        }
        if (!has(find, "Upgrade", "websocket") || !has(find, "Connection", "upgrade")) {
            return upgradeRequired("this path serves WebSocket only: Upgrade and Connection headers are missing");
        }
        if (!VERSION.equals(find.apply("Sec-WebSocket-Version").orElse(""))) {
            return upgradeRequired("the only supported WebSocket version is 13");
        }
        Optional<String> key = find.apply("Sec-WebSocket-Key").filter(WebSocketHandshake::isKey);
        if (key.isEmpty()) {
            return new Rejected(400, "Sec-WebSocket-Key is not 16 bytes in Base64", new Headers());
        }
        Set<String> protocols = new LinkedHashSet<>();
        for (String protocol : list(find.apply("Sec-WebSocket-Protocol").orElse(""))) {
            if (!isToken(protocol) || !protocols.add(protocol)) {
                return new Rejected(400, "Sec-WebSocket-Protocol is not a list of different tokens", new Headers());
            }
        }
        return new Accepted(key.get(), List.copyOf(protocols));
    }

    private static Rejected upgradeRequired(String detail) {
        return new Rejected(
                426,
                detail,
                new Headers()
                        .put("Upgrade", "websocket")
                        .put("Connection", "Upgrade")
                        .put("Sec-WebSocket-Version", VERSION));
    }

    private static String acceptValue(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == KEY_CHARACTERS && Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static boolean has(Function<String, Optional<String>> find, String name, String token) {
        return list(find.apply(name).orElse("")).stream().anyMatch(token::equalsIgnoreCase);
    }

    private static List<String> list(String value) {
        var members = new ArrayList<String>();
        for (String member : value.split(",", -1)) {
            if (!member.isBlank()) {
                members.add(member.strip());
            }
        }
        return members;
    }

    private static boolean isToken(String text) {
        return text.chars().allMatch(c -> HttpGrammar.isToken((char) c));
    }
}
