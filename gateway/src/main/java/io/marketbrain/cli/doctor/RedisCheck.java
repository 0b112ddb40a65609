package io.marketbrain.cli.doctor;

import io.marketbrain.security.CustomCertificateAuthority;
import io.marketbrain.store.redis.RedisConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * Checks whether the configured Redis can be reached and responds to a PING. The password is not sent; a
 * server that requires one says so, which also proves that it is there.
 */
final class RedisCheck {
    private static final int TIMEOUT_MILLIS = 2000;
    private static final int DEFAULT_PORT = 6379;
    private static final int SENTINEL_PORT = 26_379;
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private RedisCheck() {}

    static CheckResult examine(RedisConfig config, InstantSource clock) {
        if (config.url().isEmpty()) {
            return CheckResult.good("redis", "not used; set REDIS_URL to share a cache between gateways");
        }
        String url = config.url().get().reveal();
        int scheme = url.indexOf("://");
        // A password may contain any character, so the last @ ends it.
        String places = scheme < 0 ? "" : url.substring(Math.max(url.lastIndexOf('@') + 1, scheme + 3));
        String shown = url.substring(0, Math.max(scheme, 0)) + "://" + places;
        String first = places.split("[,/?]", 2)[0];
        if (first.isEmpty()) {
            return CheckResult.note("redis", "REDIS_URL is not an address that this check understands", "");
        }
        boolean sentinel = url.substring(0, scheme).endsWith("+sentinel");
        try {
            var address = new URI("redis://" + first);
            int port = address.getPort() >= 0 ? address.getPort() : sentinel ? SENTINEL_PORT : DEFAULT_PORT;
            return address.getHost() == null
                    ? CheckResult.note("redis", shown + " is not an address that this check understands", "")
                    : probe(address.getHost(), port, url.startsWith("rediss"), shown, config.caFile(), clock);
        } catch (URISyntaxException e) {
            return CheckResult.note("redis", shown + " is not an address that this check understands", "");
        }
    }

    private static SSLSocketFactory trusting(Optional<Path> caFile) throws IOException {
        return caFile.isEmpty()
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : CustomCertificateAuthority.sockets(caFile.get());
    }

    private static CheckResult probe(
            String host, int port, boolean tls, String shown, Optional<Path> caFile, InstantSource clock) {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            try (Socket socket = tls ? trusting(caFile).createSocket(plain, host, port, true) : plain;
                    var in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
                return judge(shown, say(socket, in, "PING"), () -> time(socket, in), clock);
            }
        } catch (IOException e) {
            return CheckResult.wrong(
                    "redis",
                    shown + " does not respond: " + e.getMessage(),
                    "start it, or unset REDIS_URL; until then data is cached in memory");
        }
    }

    /** A further command to the same server. */
    @FunctionalInterface
    private interface Later {
        Instant ask() throws IOException;
    }

    private static CheckResult judge(String shown, String reply, Later time, InstantSource clock) throws IOException {
        String upper = reply.toUpperCase(Locale.ROOT);
        if (upper.startsWith("+PONG")) {
            Duration apart = Duration.between(clock.instant(), time.ask()).abs();
            return apart.compareTo(TOLERANCE) > 0
                    ? CheckResult.wrong(
                            "redis",
                            shown + " has a clock that differs by " + apart.toSeconds() + " s from this machine's",
                            "set the clocks")
                    : CheckResult.good("redis", shown + " responds");
        }
        if (upper.startsWith("-NOAUTH")) {
            return CheckResult.good("redis", shown + " responds and requires the password");
        }
        return CheckResult.wrong(
                "redis", shown + " responds '" + reply + "' to a PING", "check that REDIS_URL points to a Redis");
    }

    private static Instant time(Socket socket, BufferedReader in) throws IOException {
        String head = say(socket, in, "TIME");
        if (!head.equals("*2")) {
            throw new IOException("it does not support TIME: " + head);
        }
        in.readLine();
        String seconds = String.valueOf(in.readLine());
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException e) {
            throw new IOException("its TIME is not a number: " + seconds, e);
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
