package io.marketbrain.provider.descriptor;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The hosts of a provider by name. A host is one or more base URLs that are equivalent: the first is used until it fails,
 * then the next.
 *
 * @param byName the base URLs of each host, {@link #MAIN} among them
 */
public record ProviderHosts(Map<String, List<URI>> byName) {
    /** The host that is used by default. */
    public static final String MAIN = "main";

    public ProviderHosts {
        byName = Map.copyOf(byName);
        if (!byName.containsKey(MAIN)) {
            throw new IllegalArgumentException("there is no host '" + MAIN + "'");
        }
        byName.forEach((name, addresses) -> {
            if (addresses.isEmpty()) {
                throw new IllegalArgumentException("the host '" + name + "' has no base URL");
            }
            addresses.forEach(RequestUri::checked);
        });
    }

    /** The base URL that is used by default. */
    public URI main() {
        return byName.getOrDefault(MAIN, List.of()).getFirst();
    }

    /**
     * The same hosts, all at one address: a configured test server or proxy. No request then goes
     * anywhere else, whichever host it is meant for.
     */
    public ProviderHosts allAt(URI base) {
        var moved = new java.util.HashMap<String, List<URI>>();
        byName.keySet().forEach(name -> moved.put(name, List.of(base)));
        return new ProviderHosts(moved);
    }
}
