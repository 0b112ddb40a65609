package io.marketbrain.cli;

import io.marketbrain.config.EffectiveSetting;
import io.marketbrain.security.PrivateCa;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLSocketFactory;

/**
 * Whether there is a Redis where the settings say: a connection, and what a PING gets. The password is not sent; a
 * server that wants one says so, and that is an answer too.
 */
final class RedisCheck {
    private static final int PATIENCE_MILLIS = 2000;
    private static final int DEFAULT_PORT = 6379;
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private RedisCheck() {}

    static Finding examine(List<EffectiveSetting> settings, InstantSource clock) {
        String url = value(settings, "REDIS_URL");
        if (url.isEmpty()) {
            return Finding.good("redis", "not used; set REDIS_URL to share a cache between gateways");
        }
        String first = url.split(",", 2)[0];
        try {
            return probe(URI.create(first), url, value(settings, "REDIS_CA_FILE"), clock);
        } catch (IllegalArgumentException e) {
            return Finding.note("redis", url + " is not an address that this check understands", "");
        }
    }

    private static String value(List<EffectiveSetting> settings, String name) {
        return settings.stream()
                .filter(s -> s.setting().environmentName().equals(name))
                .map(EffectiveSetting::value)
                .findFirst()
                .orElse("");
    }

    private static SSLSocketFactory trusting(String caFile) throws IOException {
        return caFile.isEmpty() ? (SSLSocketFactory) SSLSocketFactory.getDefault() : PrivateCa.sockets(Path.of(caFile));
    }

    private static Finding probe(URI uri, String shown, String caFile, InstantSource clock) {
        if (uri.getHost() == null) {
            return Finding.note("redis", shown + " is not an address that this check understands", "");
        }
        boolean tls = String.valueOf(uri.getScheme()).startsWith("rediss");
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(uri.getHost(), port), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            try (Socket socket = tls ? trusting(caFile).createSocket(plain, uri.getHost(), port, true) : plain;
                    var in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
                return judge(shown, say(socket, in, "PING"), () -> time(socket, in), clock);
            }
        } catch (IOException e) {
            return Finding.wrong(
                    "redis",
                    shown + " does not answer: " + e.getMessage(),
                    "start it, or unset REDIS_URL; until then answers are cached in memory");
        }
    }

    /** A later question to the same server. */
    @FunctionalInterface
    private interface Later {
        Instant ask() throws IOException;
    }

    private static Finding judge(String shown, String reply, Later time, InstantSource clock) throws IOException {
        String upper = reply.toUpperCase(Locale.ROOT);
        if (upper.startsWith("+PONG")) {
            Duration apart = Duration.between(clock.instant(), time.ask()).abs();
            return apart.compareTo(TOLERANCE) > 0
                    ? Finding.wrong(
                            "redis", shown + " has a clock " + apart.toSeconds() + " s from ours", "set the clocks")
                    : Finding.good("redis", shown + " answers");
        }
        if (upper.startsWith("-NOAUTH")) {
            return Finding.good("redis", shown + " answers, and wants the password");
        }
        return Finding.wrong("redis", shown + " answers '" + reply + "' to a PING", "is this a Redis?");
    }

    private static Instant time(Socket socket, BufferedReader in) throws IOException {
        String head = say(socket, in, "TIME");
        if (!head.equals("*2")) {
            throw new IOException("it does not know the time: " + head);
        }
        in.readLine();
        String seconds = String.valueOf(in.readLine());
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException e) {
            throw new IOException("it tells the time as " + seconds, e);
        }
    }

    private static String say(Socket socket, BufferedReader in, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String reply = in.readLine();
        if (reply == null) {
            throw new IOException("it closed the connection");
        }
        return reply.length() > 100 ? reply.substring(0, 100) : reply;
    }
}
