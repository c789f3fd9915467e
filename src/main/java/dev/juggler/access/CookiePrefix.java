package dev.juggler.access;

import java.util.Locale;
import org.apache.hc.client5.http.cookie.Cookie;

/**
 * Cookie name prefixes: RFC 6265bis, 4.1.3. Servers rely on them to detect cookies planted by a sibling domain or over
 * a plain connection.
 */
final class CookiePrefix {
    private static final String SECURE = "__secure-";
    private static final String HOST = "__host-";

    private CookiePrefix() {}

    /**
     * Returns whether a cookie meets the requirements of its name's prefix, which is case-insensitive.
     * {@code __Secure-} requires Secure; {@code __Host-} also requires {@code Path=/} and forbids Domain.
     */
    static boolean isKept(Cookie cookie) {
        String name = cookie.getName().toLowerCase(Locale.ROOT);
        if (name.startsWith(HOST)) {
            return cookie.isSecure() && !cookie.containsAttribute(Cookie.DOMAIN_ATTR) && hasRootPath(cookie);
        }
        return !name.startsWith(SECURE) || cookie.isSecure();
    }

    private static boolean hasRootPath(Cookie cookie) {
        return cookie.containsAttribute(Cookie.PATH_ATTR) && "/".equals(cookie.getPath());
    }
}
