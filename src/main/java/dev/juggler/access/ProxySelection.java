package dev.juggler.access;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Selects the proxy for a request: the configured one, else those of the environment, like curl: {@code http_proxy} (in
 * lower case only, since web servers pass a request's Proxy header as {@code HTTP_PROXY}), {@code https_proxy} and
 * {@code all_proxy} in either case, and none for the hosts of {@code no_proxy}.
 */
public final class ProxySelection {
    /** Connects directly to every server. */
    public static final ProxySelection NONE =
            new ProxySelection(Optional.empty(), Optional.empty(), NoProxyList.parse(""));

    private final Optional<ProxyServer> plain;
    private final Optional<ProxyServer> secure;
    private final NoProxyList direct;

    private ProxySelection(Optional<ProxyServer> plain, Optional<ProxyServer> secure, NoProxyList direct) {
        this.plain = plain;
        this.secure = secure;
        this.direct = direct;
    }

    /**
     * Returns the proxies of this process.
     *
     * @param named the proxy for all requests, instead of those of the environment; empty text for none at all
     * @param noProxy hosts without a proxy, instead of {@code no_proxy}
     * @throws IllegalArgumentException when an address is malformed; the message names its origin
     */
    public static ProxySelection of(Optional<String> named, Optional<String> noProxy) {
        return of(named, noProxy, System::getenv);
    }

    static ProxySelection of(Optional<String> named, Optional<String> noProxy, UnaryOperator<String> environment) {
        NoProxyList direct = NoProxyList.parse(
                noProxy.or(() -> first(environment, "no_proxy", "NO_PROXY").map(environment))
                        .orElse(""));
        if (named.isPresent()) {
            Optional<ProxyServer> one =
                    named.filter(text -> !text.isBlank()).map(text -> ProxyServer.parse(text.strip(), "--proxy"));
            return new ProxySelection(one, one, direct);
        }
        return new ProxySelection(
                proxy(environment, "http_proxy", "all_proxy", "ALL_PROXY"),
                proxy(environment, "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"),
                direct);
    }

    private static Optional<ProxyServer> proxy(UnaryOperator<String> environment, String... names) {
        return first(environment, names)
                .map(name -> ProxyServer.parse(environment.apply(name).strip(), "the environment variable " + name));
    }

    /** Returns the first of these variables that is not blank. */
    private static Optional<String> first(UnaryOperator<String> environment, String... names) {
        return Arrays.stream(names)
                .filter(name -> environment.apply(name) != null
                        && !environment.apply(name).isBlank())
                .findFirst();
    }

    /**
     * Returns the proxy for a server.
     *
     * @param host in lower case; an IPv6 address without brackets
     */
    public Optional<ProxyServer> select(boolean tls, String host) {
        Optional<ProxyServer> proxy = tls ? secure : plain;
        return proxy.isEmpty() || direct.contains(host) ? Optional.empty() : proxy;
    }
}
