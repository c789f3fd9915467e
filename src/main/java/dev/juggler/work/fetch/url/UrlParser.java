package dev.juggler.work.fetch.url;

import dev.juggler.work.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Parses URLs as leniently as curl, because what people paste and servers send often breaks RFC 3986. */
final class UrlParser {
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9._~-]{1,32}");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_LABEL = 63;
    private static final int MAX_HOST = 253;

    private UrlParser() {}

    static HttpUrl absolute(String text) throws InvalidUrlException {
        checkCharacters(text);
        int mark = text.indexOf("://");
        if (mark > 0 && isScheme(text, mark)) {
            return parseAuthority(isTls(text.substring(0, mark)), text, mark + 3);
        }
        int colon = text.indexOf(':');
        if (colon > 0 && isScheme(text, colon) && text.startsWith("/", colon + 1)) {
            // A port may follow a host's colon, but no slash: this is a scheme, mistyped or short of a slash.
            return parseAuthority(isTls(text.substring(0, colon)), text, colon + 2);
        }
        return parseAuthority(false, text, text.startsWith("//") ? 2 : 0);
    }

    static HttpUrl relative(HttpUrl base, String text) throws InvalidUrlException {
        checkCharacters(text);
        int colon = text.indexOf(':');
        if (colon > 0 && isScheme(text, colon)) {
            boolean tls = isTls(text.substring(0, colon));
            int start = colon + 1;
            while (start < text.length() && text.charAt(start) == '/') {
                start++;
            }
            return parseAuthority(tls, text, start);
        }
        if (text.startsWith("//")) {
            return parseAuthority(base.origin().tls(), text, 2);
        }
        return new HttpUrl(base.origin(), path(merge(base.path(), text)), base.userInfo());
    }

    /** Merges a reference without an authority into the path and query of the base: RFC 3986, 5.2. */
    private static String merge(String basePath, String reference) {
        int query = basePath.indexOf('?');
        String path = query < 0 ? basePath : basePath.substring(0, query);
        if (reference.isEmpty() || reference.startsWith("#")) {
            return basePath;
        }
        return switch (reference.charAt(0)) {
            case '/' -> reference;
            case '?' -> path + reference;
            default -> path.substring(0, path.lastIndexOf('/') + 1) + reference;
        };
    }

    private static HttpUrl parseAuthority(boolean tls, String text, int start) throws InvalidUrlException {
        int end = start;
        while (end < text.length() && !endsAuthority(text.charAt(end))) {
            end++;
        }
        String authority = text.substring(start, end);
        int at = authority.lastIndexOf('@');
        Origin origin = origin(tls, authority.substring(at + 1));
        return new HttpUrl(origin, path(text.substring(end)), at <= 0 ? null : authority.substring(0, at));
    }

    private static boolean endsAuthority(char c) {
        return c == '/' || c == '?' || c == '#' || c == '\\';
    }

    private static Origin origin(boolean tls, String hostAndPort) throws InvalidUrlException {
        if (hostAndPort.startsWith("[")) {
            int bracket = hostAndPort.indexOf(']');
            if (bracket < 0) {
                throw new InvalidUrlException("the IPv6 address has no closing bracket");
            }
            String address = ipv6Address(hostAndPort.substring(1, bracket));
            return new Origin(tls, address, port(tls, hostAndPort.substring(bracket + 1)));
        }
        int colon = hostAndPort.indexOf(':');
        String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
        return new Origin(tls, host(host), port(tls, colon < 0 ? "" : hostAndPort.substring(colon)));
    }

    /**
     * Returns an address in lower case; a zone, after {@code %25} or as curl accepts it after {@code %}, keeps its
     * case.
     */
    private static String ipv6Address(String text) throws InvalidUrlException {
        int percent = text.indexOf('%');
        String address = percent < 0 ? text : text.substring(0, percent);
        if (!address.contains(":") || !address.chars().allMatch(c -> c == ':' || c == '.' || isHex(c))) {
            throw new InvalidUrlException("the host in brackets is not an IPv6 address");
        }
        if (percent < 0) {
            return address.toLowerCase(Locale.ROOT);
        }
        String zone = text.substring(percent + (text.startsWith("25", percent + 1) ? 3 : 1));
        if (!ZONE.matcher(zone).matches()) {
            throw new InvalidUrlException("the zone of the IPv6 address is not the name or number of an interface");
        }
        return address.toLowerCase(Locale.ROOT) + "%" + zone;
    }

    private static String host(String text) throws InvalidUrlException {
        String host = isAscii(text) ? text : IdnaEncoder.encode(text);
        if (host.isEmpty()) {
            throw new InvalidUrlException("it has no host");
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!PercentEncoding.isAlphanumeric(c) && c != '-' && c != '.' && c != '_') {
                throw new InvalidUrlException("'" + Excerpt.of(text) + "' is not a host name");
            }
        }
        checkLabels(host, text);
        return host.toLowerCase(Locale.ROOT);
    }

    /** Checks the lengths that DNS allows: RFC 1035, 2.3.4. A dot at the end is allowed, and means the root. */
    private static void checkLabels(String host, String text) throws InvalidUrlException {
        int begin = 0;
        for (int i = 0; i <= host.length(); i++) {
            if (i == host.length() || host.charAt(i) == '.') {
                boolean root = i == host.length() && begin == i && i > 1;
                if (i - begin > MAX_LABEL || i == begin && !root) {
                    throw new InvalidUrlException("'" + Excerpt.of(text)
                            + "' is not a host name: between dots there are 1 to " + MAX_LABEL + " characters");
                }
                begin = i + 1;
            }
        }
        if (host.length() > MAX_HOST) {
            throw new InvalidUrlException("the host name is longer than " + MAX_HOST + " characters");
        }
    }

    /** A loop, like all code that runs for every URL: before C2 has compiled it, a stream costs ten times as much. */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }

    private static int port(boolean tls, String text) throws InvalidUrlException {
        if (text.isEmpty() || text.equals(":")) {
            return Origin.defaultPort(tls);
        }
        int port = text.charAt(0) == ':' ? number(text, 1) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw new InvalidUrlException("its port is not a number from 1 to 65535");
        }
        return port;
    }

    /** Parses the digits from {@code start} on, up to a port too large; returns 0 if there is any other character. */
    private static int number(String text, int start) {
        int number = 0;
        for (int i = start; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = Math.min(10 * number + digit, MAX_PORT + 1);
        }
        return number;
    }

    private static String path(String text) {
        int fragment = text.indexOf('#');
        String path = fragment < 0 ? text : text.substring(0, fragment);
        path = PercentEncoding.encode(path);
        path = path.startsWith("/") ? path : "/" + path;
        return path.contains("/.") ? removeDotSegments(path) : path;
    }

    /** Removes the segments {@code .} and {@code ..}, as every client does before it sends a request. */
    private static String removeDotSegments(String path) {
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        List<String> kept = new ArrayList<>();
        String[] segments = plain.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            boolean up = segments[i].equals("..");
            if (up && !kept.isEmpty()) {
                kept.removeLast();
            }
            if (!up && !segments[i].equals(".")) {
                kept.add(segments[i]);
            } else if (last) {
                kept.add("");
            }
        }
        return "/" + String.join("/", kept) + (query < 0 ? "" : path.substring(query));
    }

    private static boolean isTls(String scheme) throws InvalidUrlException {
        if (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https")) {
            return scheme.length() == 5;
        }
        throw new InvalidUrlException("the scheme '" + Excerpt.of(scheme) + "' is not http or https");
    }

    private static boolean isScheme(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!PercentEncoding.isAlphanumeric(c) && "+-.".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static void checkCharacters(String text) throws InvalidUrlException {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 127) {
                throw new InvalidUrlException("it contains a control character");
            }
        }
    }

    private static boolean isHex(int c) {
        return Character.digit(c, 16) >= 0 && c < 128;
    }
}
