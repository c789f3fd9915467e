package dev.juggler.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP or SOCKS5 proxy.
 *
 * @param socks whether it speaks SOCKS5 rather than HTTP; it then also resolves host names
 * @param host in lower case; an IPv6 address without brackets
 */
public record ProxyServer(boolean socks, String host, int port, Optional<UserCredentials> login) {
    private static final int DEFAULT_PORT = 1080;

    /**
     * Parses {@code [http://|socks5://][USER:PASSWORD@]HOST[:PORT]}; the default port is 1080, like curl's.
     *
     * @param origin the option or variable with the text, for messages
     * @throws IllegalArgumentException when it is not the address of a supported proxy
     */
    static ProxyServer parse(String text, String origin) {
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            boolean socks = isSocks(uri.getScheme().toLowerCase(Locale.ROOT), origin);
            if (uri.getHost() == null || uri.getPort() > 65_535 || uri.getPort() == 0) {
                throw malformed(origin);
            }
            String host = uri.getHost().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
            Optional<UserCredentials> login =
                    Optional.ofNullable(uri.getRawUserInfo()).map(ProxyServer::login);
            return new ProxyServer(socks, host, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(), login);
        } catch (URISyntaxException e) {
            // Its message contains the text, which may contain a password.
            throw malformed(origin);
        }
    }

    private static boolean isSocks(String scheme, String origin) {
        return switch (scheme) {
            case "http" -> false;
            case "socks5", "socks5h" -> true;
            default ->
                throw new IllegalArgumentException(
                        origin + " has the unsupported proxy scheme '" + scheme + "'; use http or socks5");
        };
    }

    private static IllegalArgumentException malformed(String origin) {
        return new IllegalArgumentException(
                origin + " is not the address of a proxy; use http://HOST:PORT or socks5://HOST:PORT");
    }

    /** Decodes user and password separately, so that either may contain an encoded colon. */
    private static UserCredentials login(String userInfo) {
        UserCredentials raw = UserCredentials.parse(userInfo);
        return new UserCredentials(decoded(raw.user()), decoded(raw.password()));
    }

    private static String decoded(String text) {
        return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Returns whether it relays requests, rather than tunnelling bytes. */
    public boolean relays(boolean tls) {
        return !socks && !tls;
    }

    /** Returns host and port, for messages. */
    public String authority() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
