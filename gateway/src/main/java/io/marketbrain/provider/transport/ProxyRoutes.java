package io.marketbrain.provider.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/** The configured proxies as the JDK's client asks for them. Immutable. */
final class ProxyRoutes extends ProxySelector {
    private final ProxyConfig config;

    ProxyRoutes(ProxyConfig config) {
        this.config = config;
    }

    @Override
    public List<Proxy> select(URI target) {
        return List.of(config.findProxy(target)
                .map(proxy -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port())))
                .orElse(Proxy.NO_PROXY));
    }

    /** Does nothing: the failure of the call says what happened. */
    @Override
    public void connectFailed(URI target, SocketAddress proxy, IOException failure) {}
}
