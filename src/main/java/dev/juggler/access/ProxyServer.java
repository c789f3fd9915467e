package dev.juggler.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A proxy that requests go through.
 *
 * @param socks whether it speaks SOCKS5 rather than HTTP; it looks the hosts' names up, too
 * @param host in lower case; an IPv6 address without brackets
 */
public record ProxyServer(boolean socks, String host, int port, Optional<UserCredentials> login) {
    private static final int USUAL_PORT = 1080;

    /**
     * Reads {@code [http://|socks5://][USER:PASSWORD@]HOST[:PORT]}; the port is 1080 unless it is said, as with curl.
     *
     * @param origin where the text comes from, for messages
     * @throws IllegalArgumentException when it is no address of a proxy, or of one that cannot be used
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
            return new ProxyServer(socks, host, uri.getPort() < 0 ? USUAL_PORT : uri.getPort(), login);
        } catch (URISyntaxException e) {
            // Its message holds the text, which may hold a password.
            throw malformed(origin);
        }
    }

    private static boolean isSocks(String scheme, String origin) {
        return switch (scheme) {
            case "http" -> false;
            case "socks5", "socks5h" -> true;
            default ->
                throw new IllegalArgumentException(origin + " names a proxy of the kind '" + scheme
                        + "', which is not supported: there are http and socks5");
        };
    }

    private static IllegalArgumentException malformed(String origin) {
        return new IllegalArgumentException(
                origin + " is no address of a proxy: write http://HOST:PORT or socks5://HOST:PORT");
    }

    /** Percent signs in user and password are decoded one by one, so that a colon may stand in either. */
    private static UserCredentials login(String userInfo) {
        UserCredentials raw = UserCredentials.parse(userInfo);
        return new UserCredentials(decoded(raw.user()), decoded(raw.password()));
    }

    private static String decoded(String text) {
        return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Returns whether it takes the requests themselves, and not only a connection to pass bytes on. */
    public boolean relays(boolean tls) {
        return !socks && !tls;
    }

    /** Where it is, for messages. */
    public String authority() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
