package io.marketbrain.config;

import io.marketbrain.security.AccessConfig;
import java.net.URI;
import java.net.URISyntaxException;

/** The settings of access control. */
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
                                "Whether clients on other machines are served without TLS, because a reverse proxy provides it or the network is trusted."),
                        in.list(
                                "access.hosts",
                                hostName(),
                                d.hosts(),
                                "Host names, in addition to localhost, 127.0.0.1 and [::1], that clients without an API key may use in their requests."),
                        in.list(
                                "access.origins",
                                origin(),
                                d.origins(),
                                "Web origins that may call the API from a browser (CORS); by default none."),
                        in.integer(
                                AccessConfig.REQUESTS_PER_MINUTE,
                                d.requestsPerMinute(),
                                "How many requests each caller with an API key may make per minute; 0 means no limit."),
                        new SecretsSection(in).read()));
    }

    static SettingType<String> hostName() {
        return SettingType.text()
                .only(
                        "a host name without a port, such as gateway.example.com",
                        name -> name.matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]"));
    }

    private static SettingType<String> origin() {
        return SettingType.text().only("an origin such as https://app.example.com", AccessSection::isOrigin);
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
