package io.marketbrain.store.redis;

import io.marketbrain.model.text.NumberText;
import io.marketbrain.security.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parsed {@code REDIS_URL}.
 *
 * <ul>
 *   <li>{@code redis://[user:password@]host:port[/database]}, {@code rediss://…} over TLS
 *   <li>{@code redis://host:port,host:port,…}: some nodes of a cluster
 *   <li>{@code redis+sentinel://[user:password@]host:port,…/master[/database]}: sentinels that know the master
 * </ul>
 *
 * @param nodes the named servers, at least one; sentinels if there is a {@code master}
 * @param master the name under which the sentinels know the master
 * @param caFile not part of the URL: the trusted certificate authorities; empty for the JDK's default trust store
 */
public record RedisUrl(
        List<RedisNode> nodes,
        boolean tls,
        Optional<String> user,
        Optional<Secret> password,
        int database,
        Optional<String> master,
        Optional<Path> caFile) {
    private static final int SENTINEL_PORT = 26_379;

    public RedisUrl {
        nodes = List.copyOf(nodes);
    }

    public boolean cluster() {
        return master.isEmpty() && nodes.size() > 1;
    }

    public static RedisUrl parse(Secret secret) {
        String text = secret.reveal();
        int scheme = text.indexOf("://");
        if (scheme < 0) {
            throw wrong("must begin with redis:// or rediss://");
        }
        String kind = text.substring(0, scheme);
        boolean sentinel = kind.endsWith("+sentinel");
        String transport = sentinel ? kind.substring(0, kind.length() - "+sentinel".length()) : kind;
        if (!transport.equals("redis") && !transport.equals("rediss")) {
            throw wrong("must begin with redis://, rediss:// or redis+sentinel://");
        }
        String rest = text.substring(scheme + 3);
        int at = rest.lastIndexOf('@');
        String login = at < 0 ? "" : rest.substring(0, at);
        String place = rest.substring(at + 1);
        if (place.indexOf('?') >= 0 || place.indexOf('#') >= 0) {
            throw wrong("must not have a query or a fragment (? or #); encode these characters in a password");
        }
        int slash = place.indexOf('/');
        List<String> path = slash < 0
                ? List.of()
                : List.of(place.substring(slash + 1).split("/", -1)).stream()
                        .filter(part -> !part.isEmpty())
                        .toList();
        List<RedisNode> nodes = new ArrayList<>();
        for (String node : (slash < 0 ? place : place.substring(0, slash)).split(",", -1)) {
            nodes.add(RedisNode.parse(node.strip(), sentinel ? SENTINEL_PORT : RedisNode.DEFAULT_PORT));
        }
        if (sentinel && path.isEmpty()) {
            throw wrong("must name the master after the sentinels: redis+sentinel://host:port/master");
        }
        List<String> database = sentinel ? path.subList(1, path.size()) : path;
        int colon = login.indexOf(':');
        String user = colon < 0 ? "" : login.substring(0, colon);
        String password = colon < 0 ? login : login.substring(colon + 1);
        return new RedisUrl(
                nodes,
                transport.equals("rediss"),
                user.isEmpty() ? Optional.empty() : Optional.of(decoded(user)),
                Secret.of(decoded(password)),
                database.isEmpty() ? 0 : number(database.getFirst()),
                sentinel ? Optional.of(decoded(path.getFirst())) : Optional.empty(),
                Optional.empty());
    }

    /** The URL and trusted authorities of a configuration. */
    public static RedisUrl of(RedisConfig config) {
        RedisUrl url = parse(config.url().orElseThrow());
        return new RedisUrl(url.nodes, url.tls, url.user, url.password, url.database, url.master, config.caFile());
    }

    private static int number(String text) {
        try {
            int number = NumberText.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw wrong("must end with the number of a database, or with nothing after the port");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Does not include the given text, which may contain a password. */
    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("REDIS_URL " + what);
    }
}
