package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.redis.StatePolicy.Event;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.List;
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

    /** How replies begin that say so without a word of their own. */
    private static final List<String> UNWANTED = List.of(
            "ERR invalid password",
            "ERR AUTH",
            "ERR Client sent AUTH",
            "ERR invalid username-password",
            "ERR max number of clients",
            "ERR The user executing the script can't",
            "ERR ACL failure in script");

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
            if (distrusts(broken)) {
                return REJECTED;
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

    /** Whether it is the server's certificate that was not accepted. */
    private static boolean distrusts(Throwable error) {
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }

    /** What an error reply means, by its first word. */
    static Fault ofReply(String message) {
        int space = message.indexOf(' ');
        String word = space < 0 ? message : message.substring(0, space);
        return switch (word) {
            case "LOADING", "BUSY", "MASTERDOWN", "CLUSTERDOWN" -> NOT_NOW;
            case "READONLY", "OOM", "MISCONF", "NOREPLICAS" -> READ_ONLY;
            case "NOAUTH", "WRONGPASS", "NOPERM", "DENIED", "MOVED", "ASK" -> REJECTED;
            case "NOSCRIPT" -> NO_SCRIPT;
            default -> {
                boolean unwanted = UNWANTED.stream().anyMatch(message::startsWith);
                yield unwanted ? REJECTED : COMPLAINED;
            }
        };
    }
}
