package io.marketbrain.config;

import io.marketbrain.security.AccessConfig;
import java.net.URI;
import java.net.URISyntaxException;

/** The part of the catalogue about who may come in. */
final class AccessSection {
    private final SettingsReader in;

    AccessSection(SettingsReader in) {
        this.in = in;
    }

    AccessConfig access() {
        return in.section(
                AccessConfig.defaults(),
                d -> new AccessConfig(
                        in.flag(
                                "access.plain_http",
                                d.plainHttp(),
                                "Whether callers from elsewhere are served without TLS: something in front speaks it, or"
                                        + " the network is trusted."),
                        in.list(
                                "access.hosts",
                                hostName(),
                                d.hosts(),
                                "Names besides localhost, 127.0.0.1 and [::1] under which callers without a key may ask"
                                        + " for this machine."),
                        in.list(
                                "access.origins",
                                origin(),
                                d.origins(),
                                "Web pages from elsewhere that may use the API in a browser (CORS); without this, none."),
                        in.integer(
                                "access.requests_per_minute",
                                d.requestsPerMinute(),
                                0,
                                AccessConfig.MOST_PER_MINUTE,
                                "How many requests each caller with a key may make in a minute; 0 is as many as it"
                                        + " likes."),
                        new SecretsSection(in).read()));
    }

    private static Kind<String> hostName() {
        return Kind.text()
                .only(
                        "a host name without a port, such as gateway.example.com",
                        name -> name.matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]"));
    }

    private static Kind<String> origin() {
        return Kind.text().only("an origin such as https://app.example.com", AccessSection::isOrigin);
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            String path = uri.getRawPath();
            return web
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (path == null || path.isEmpty() || path.equals("/"));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
