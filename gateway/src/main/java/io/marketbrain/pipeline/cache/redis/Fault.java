package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.redis.StatePolicy.Event;
import java.net.SocketTimeoutException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** What went wrong with an operation, told from the exception it ended with. Pure. */
enum Fault {
    /** The connection broke. */
    LOST(Event.LOST),
    /** No answer in time. */
    TIMED_OUT(Event.TIMED_OUT),
    /** Redis cannot serve now. */
    NOT_NOW(Event.NOT_NOW),
    /** Redis takes no writes. */
    READ_ONLY(Event.WRITE_REFUSED),
    /** Redis does not want us, or is not Redis. */
    REJECTED(Event.REJECTED),
    /** Redis does not know a script that it was to run by name. */
    NO_SCRIPT(Event.ANSWERED),
    /** Redis complained about this operation only. */
    COMPLAINED(Event.ANSWERED);

    private final Event event;

    Fault(Event event) {
        this.event = event;
    }

    Event event() {
        return event;
    }

    static Fault of(Throwable error) {
        if (error instanceof JedisConnectionException broken) {
            if (broken.getCause() instanceof SocketTimeoutException) {
                return TIMED_OUT;
            }
            String message = String.valueOf(broken.getMessage());
            return message.startsWith("Unknown reply") || message.contains("is less than expected") ? REJECTED : LOST;
        }
        if (error instanceof JedisDataException) {
            return ofReply(String.valueOf(error.getMessage()));
        }
        // Whatever else the client library throws came from bytes that are not Redis's protocol.
        return REJECTED;
    }

    /** What an error reply means, by its first word. */
    static Fault ofReply(String message) {
        int space = message.indexOf(' ');
        String word = space < 0 ? message : message.substring(0, space);
        return switch (word) {
            case "LOADING", "BUSY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS" -> NOT_NOW;
            case "READONLY", "OOM", "MISCONF" -> READ_ONLY;
            case "NOAUTH", "WRONGPASS", "NOPERM", "DENIED", "MOVED", "ASK" -> REJECTED;
            case "NOSCRIPT" -> NO_SCRIPT;
            default -> {
                boolean login = message.startsWith("ERR invalid password")
                        || message.startsWith("ERR AUTH")
                        || message.startsWith("ERR Client sent AUTH")
                        || message.startsWith("ERR invalid username-password")
                        || message.startsWith("ERR max number of clients");
                yield login ? REJECTED : COMPLAINED;
            }
        };
    }
}
