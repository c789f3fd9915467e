package dev.juggler.work.fetch;

import dev.juggler.access.Proxies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Which proxy the JDK's client takes. It knows HTTP proxies alone, and would pass any other by without a word. */
final class BlockingProxies extends ProxySelector {
    private final Proxies proxies;

    BlockingProxies(Proxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
        return proxies.of(uri.getScheme().equals("https"), host)
                .map(proxy -> List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port()))))
                .orElse(List.of(Proxy.NO_PROXY));
    }

    /** The exchange tells of it. */
    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
}
