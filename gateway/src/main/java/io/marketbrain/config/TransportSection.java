package io.marketbrain.config;

import io.marketbrain.provider.SymbolListConfig;
import io.marketbrain.provider.TransportConfig;
import java.time.Duration;

/** The part of the catalogue about the way to providers. */
final class TransportSection {
    private final SettingsReader in;

    TransportSection(SettingsReader in) {
        this.in = in;
    }

    TransportConfig transport() {
        return in.section(
                TransportConfig.defaults(),
                d -> new TransportConfig(
                        in.duration(
                                "transport.connect_timeout",
                                d.connectTimeout(),
                                TransportConfig.MIN_CONNECT_TIMEOUT,
                                TransportConfig.MAX_CONNECT_TIMEOUT,
                                "How long a provider may take to accept a connection."),
                        (int) in.bytes(
                                "transport.max_body",
                                d.maxBodyBytes(),
                                TransportConfig.MIN_BODY_BYTES,
                                TransportConfig.MAX_BODY_BYTES,
                                "The largest answer of a provider, as sent and again after decompression."),
                        in.integer(
                                "transport.max_redirects",
                                d.maxRedirects(),
                                0,
                                TransportConfig.MAX_REDIRECTS,
                                "How many redirects within a provider's host are followed; none ever leads elsewhere."),
                        in.text("transport.user_agent", d.userAgent(), "What the gateway calls itself to providers.")));
    }

    SymbolListConfig symbols() {
        return in.section(
                SymbolListConfig.defaults(),
                d -> new SymbolListConfig(
                        in.duration(
                                "symbols.max_age",
                                d.maxAge(),
                                Duration.ofMinutes(10),
                                Duration.ofDays(30),
                                "How old a live provider's list of instruments may be before it is fetched again."),
                        in.duration(
                                "symbols.retry_after",
                                d.retryAfter(),
                                Duration.ofSeconds(1),
                                Duration.ofDays(1),
                                "How long after a failed fetch of such a list the next one is tried."),
                        in.duration(
                                "symbols.longest_wait",
                                d.longestWait(),
                                Duration.ZERO,
                                Duration.ofSeconds(10),
                                "How long a symbol that only the list can explain waits for it."),
                        in.duration(
                                "symbols.fetch_timeout",
                                d.fetchTimeout(),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(60),
                                "How long fetching a list may take.")));
    }
}
