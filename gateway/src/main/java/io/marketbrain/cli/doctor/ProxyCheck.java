package io.marketbrain.cli.doctor;

import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.Mode;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.registry.ModePolicy;
import io.marketbrain.provider.transport.ProxyAddress;
import io.marketbrain.provider.transport.TransportConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks the way to providers: whether each configured proxy accepts connections, and whether the one for HTTPS opens a
 * tunnel. Shows no credentials. The file of certificate authorities was read with the settings.
 */
final class ProxyCheck {
    private static final int TIMEOUT_MILLIS = 3000;
    private static final int HTTPS_PORT = 443;

    private ProxyCheck() {}

    /**
     * @param tunnelTo the {@code host:port} to open a tunnel to; empty if no live provider is reached by HTTPS, so that
     *     only the connection to the proxy is checked
     */
    static List<CheckResult> examine(TransportConfig config, Optional<String> tunnelTo) {
        var results = new ArrayList<CheckResult>();
        config.proxies().http().ifPresent(proxy -> results.add(examine("HTTP_PROXY", proxy, Optional.empty())));
        config.proxies().https().ifPresent(proxy -> results.add(examine("HTTPS_PROXY", proxy, tunnelTo)));
        config.caFile()
                .ifPresent(file -> results.add(CheckResult.good(
                        "authorities", "those in " + file + " are trusted for providers, beside those of Java")));
        return results;
    }

    /** The {@code host:port} of the first live provider that is reached through the proxy for HTTPS. */
    static Optional<String> findTunnelTarget(GatewayConfig config, List<IndexedDescriptor> descriptors) {
        return descriptors.stream()
                .filter(descriptor -> config.providers().containsKey(descriptor.id()))
                .filter(descriptor -> ModePolicy.decide(descriptor, config.provider(descriptor.id()))
                                .mode()
                        == Mode.LIVE)
                .map(descriptor ->
                        config.provider(descriptor.id()).baseUrl().orElseGet(() -> URI.create(descriptor.baseUrl())))
                .filter(url -> "https".equalsIgnoreCase(url.getScheme())
                        && config.transport().proxies().findProxy(url).isPresent())
                .map(url -> url.getHost() + ":" + (url.getPort() < 0 ? HTTPS_PORT : url.getPort()))
                .findFirst();
    }

    private static CheckResult examine(String setting, ProxyAddress proxy, Optional<String> tunnelTo) {
        String subject = "proxy";
        try (var socket = new Socket()) {
            var address = new InetSocketAddress(proxy.host(), proxy.port());
            if (address.isUnresolved()) {
                return CheckResult.wrong(subject, proxy.host() + " has no address", "correct " + setting);
            }
            socket.connect(address, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return tunnelTo.isEmpty()
                    ? CheckResult.good(subject, proxy.place() + " accepts connections")
                    : tunnel(setting, proxy, socket, tunnelTo.get());
        } catch (IOException e) {
            return CheckResult.wrong(
                    subject,
                    proxy.place() + " does not respond: " + e.getMessage(),
                    "correct " + setting + ", or add hosts that need no proxy to NO_PROXY");
        }
    }

    private static CheckResult tunnel(String setting, ProxyAddress proxy, Socket socket, String target)
            throws IOException {
        String login = proxy.authorization()
                .map(value -> "Proxy-Authorization: " + value + "\r\n")
                .orElse("");
        socket.getOutputStream()
                .write(("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n" + login + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        String line = String.valueOf(
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine());
        String[] parts = line.split(" ", 3);
        String status = parts.length > 1 && parts[0].startsWith("HTTP/") ? parts[1] : "";
        if (status.startsWith("2")) {
            return CheckResult.good("proxy", proxy.place() + " opens tunnels to " + target);
        }
        if (status.isEmpty()) {
            return CheckResult.wrong("proxy", proxy.place() + " is not an HTTP proxy", "correct " + setting);
        }
        return CheckResult.wrong(
                "proxy",
                proxy.place() + " answers a CONNECT to " + target + " with HTTP " + status,
                status.equals("407")
                        ? "correct the user and the password in " + setting
                        : "allow CONNECT to " + target + " at the proxy, or add the host to NO_PROXY");
    }
}
