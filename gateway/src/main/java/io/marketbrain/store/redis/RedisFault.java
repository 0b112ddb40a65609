package io.marketbrain.store.redis;

import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.List;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Classifies the exception or error reply that an operation failed with. Pure. */
public enum RedisFault {
    /** The connection broke. */
    LOST,
    /** No reply in time. */
    TIMED_OUT,
    /** Redis is temporarily unavailable. */
    UNAVAILABLE,
    /** Redis accepts no writes. */
    READ_ONLY,
    /** Redis rejects this gateway, or the server does not speak its protocol. */
    REJECTED,
    /** Redis has not cached the script that was called by its digest. */
    NO_SCRIPT,
    /** Redis reported an error that concerns only this operation. */
    COMMAND_FAILED;

    /** Beginnings of error replies that reject this gateway without an error code of their own. */
    private static final List<String> REJECTIONS = List.of(
            "ERR invalid password",
            "ERR AUTH",
            "ERR Client sent AUTH",
            "ERR invalid username-password",
            "ERR max number of clients",
            "ERR The user executing the script can't",
            "ERR ACL failure in script");

    public static RedisFault of(Throwable error) {
        if (error instanceof JedisConnectionException broken) {
            if (broken.getCause() instanceof SocketTimeoutException) {
                return TIMED_OUT;
            }
            if (broken.getCause() instanceof InvalidReplyException || isUntrustedCertificate(broken)) {
                return REJECTED;
            }
            String message = String.valueOf(broken.getMessage());
            return message.startsWith("Unknown reply") || message.contains("is less than expected") ? REJECTED : LOST;
        }
        if (error instanceof JedisDataException) {
            return ofReply(String.valueOf(error.getMessage()));
        }
        // All other exceptions of the client library mean that the bytes were not Redis protocol.
        return REJECTED;
    }

    /** Whether the cause is a server certificate that is not trusted. */
    private static boolean isUntrustedCertificate(Throwable error) {
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }

    /** Classifies an error reply by its first word. */
    public static RedisFault ofReply(String message) {
        int space = message.indexOf(' ');
        String word = space < 0 ? message : message.substring(0, space);
        return switch (word) {
            case "LOADING", "BUSY", "MASTERDOWN", "CLUSTERDOWN" -> UNAVAILABLE;
            case "READONLY", "OOM", "MISCONF", "NOREPLICAS" -> READ_ONLY;
            case "NOAUTH", "WRONGPASS", "NOPERM", "DENIED", "MOVED", "ASK" -> REJECTED;
            case "NOSCRIPT" -> NO_SCRIPT;
            default -> {
                boolean rejected = REJECTIONS.stream().anyMatch(message::startsWith);
                yield rejected ? REJECTED : COMMAND_FAILED;
            }
        };
    }

    /** The exception that stands for an error reply which a script returned as a value. */
    public static RuntimeException asException(String reply) {
        return new JedisDataException(reply);
    }
}
