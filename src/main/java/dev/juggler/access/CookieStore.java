package dev.juggler.access;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.cookie.CookieIdentityComparator;
import org.apache.hc.client5.http.cookie.CookieOrigin;
import org.apache.hc.client5.http.cookie.CookiePathComparator;
import org.apache.hc.client5.http.cookie.CookieSpec;
import org.apache.hc.client5.http.cookie.MalformedCookieException;
import org.apache.hc.client5.http.impl.cookie.RFC6265CookieSpecFactory;
import org.apache.hc.client5.http.impl.cookie.RFC6265CookieSpecFactory.CompatibilityLevel;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * The cookies of one session by RFC 6265: which are kept, and which go where. No server sets a cookie for a public
 * suffix such as {@code co.uk}, nor for a host it does not belong to. Holds at most 50 cookies of a domain and 3,000 in
 * all; beyond that the oldest give way.
 */
public final class CookieStore {
    private static final int MOST = 3_000;
    private static final int MOST_OF_DOMAIN = 50;
    private static final int LONGEST = 4_096;

    private final Clock clock;
    private final CookieSpec spec;

    /** By domain; in each the oldest comes first. */
    private final SequencedMap<String, List<Cookie>> byDomain = new LinkedHashMap<>();

    private int size;

    /** A session without cookies yet. */
    public CookieStore() {
        this(Clock.systemUTC());
    }

    CookieStore(Clock clock) {
        this.clock = clock;
        this.spec = new RFC6265CookieSpecFactory(CompatibilityLevel.RELAXED, null).create(null);
    }

    /**
     * Takes what a server wants remembered; what it may not set, or cannot be understood, is ignored.
     *
     * @param host in lower case; an IPv6 address without brackets
     * @param path of the request, percent-encoded, with or without its query
     * @param values the values of its Set-Cookie headers
     */
    public void store(boolean tls, String host, int port, String path, List<String> values) {
        CookieOrigin origin = origin(tls, host, port, path);
        for (String value : values) {
            if (value.length() <= LONGEST) {
                store(value, origin);
            }
        }
    }

    private void store(String value, CookieOrigin origin) {
        try {
            for (Cookie cookie : spec.parse(new BasicHeader("Set-Cookie", value), origin)) {
                spec.validate(cookie, origin);
                // A plain connection cannot be trusted with the cookies of a secure one.
                boolean secure = origin.isSecure() || !cookie.isSecure();
                if (secure
                        && isSendable(cookie)
                        && CookiePrefix.isKept(cookie)
                        && !isForAll(cookie, origin.getHost())) {
                    add(cookie);
                }
            }
        } catch (MalformedCookieException ignored) {
            // As every client does: the answer itself is none the worse for it.
            return;
        }
    }

    private static boolean isSendable(Cookie cookie) {
        String both = cookie.getName() + cookie.getValue();
        return both.chars().allMatch(c -> c >= ' ' && c != 127 && c < 256);
    }

    /** Ten thousand rules, read when the first cookie names a domain. */
    private static final class PublicSuffixes {
        private static final PublicSuffixMatcher ALL = PublicSuffixMatcherLoader.getDefault();

        static {
            suffixesAreRead = true;
        }
    }

    private static volatile boolean suffixesAreRead;

    /**
     * Returns whether {@link #store} would have to read the list of public suffixes, which takes a fifth of a second.
     */
    public static boolean needsPublicSuffixes(List<String> values) {
        return !suffixesAreRead
                && values.stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("domain"));
    }

    /**
     * Returns whether it names a domain under which anybody can have a host; the library alone asks no further than
     * co.uk.
     */
    private static boolean isForAll(Cookie cookie, String host) {
        return cookie.containsAttribute(Cookie.DOMAIN_ATTR)
                && !cookie.getDomain().equals(host)
                && PublicSuffixes.ALL.getDomainRoot(cookie.getDomain()) == null;
    }

    /** Puts a cookie in the place of the one with its name, domain and path; one that has expired only removes that. */
    synchronized void add(Cookie cookie) {
        List<Cookie> domain = byDomain.computeIfAbsent(cookie.getDomain(), d -> new ArrayList<>());
        size -= domain.size();
        domain.removeIf(old -> CookieIdentityComparator.INSTANCE.compare(old, cookie) == 0);
        if (!cookie.isExpired(clock.instant())) {
            domain.add(cookie);
        }
        if (domain.size() > MOST_OF_DOMAIN) {
            domain.removeFirst();
        }
        size += domain.size();
        if (domain.isEmpty()) {
            byDomain.remove(cookie.getDomain());
        }
        while (size > MOST) {
            size -= byDomain.pollFirstEntry().getValue().size();
        }
    }

    /** The value of the Cookie header for a request, or null: longer paths come first. Parameters as {@link #store}. */
    public synchronized String header(boolean tls, String host, int port, String path) {
        if (byDomain.isEmpty()) {
            return null;
        }
        CookieOrigin origin = origin(tls, host, port, path);
        List<Cookie> matching = new ArrayList<>();
        for (String domain = host; domain != null; domain = parent(domain)) {
            for (Cookie cookie : byDomain.getOrDefault(domain, List.of())) {
                if (!cookie.isExpired(clock.instant()) && spec.match(cookie, origin)) {
                    matching.add(cookie);
                }
            }
        }
        matching.sort(CookiePathComparator.INSTANCE);
        // Not as the library writes them: it puts quotes around values that servers do not know again.
        return matching.isEmpty()
                ? null
                : matching.stream()
                        .map(cookie -> cookie.getName() + "=" + Objects.requireNonNullElse(cookie.getValue(), ""))
                        .collect(Collectors.joining("; "));
    }

    private static String parent(String domain) {
        int dot = domain.indexOf('.');
        return dot < 0 ? null : domain.substring(dot + 1);
    }

    private static CookieOrigin origin(boolean tls, String host, int port, String path) {
        int query = path.indexOf('?');
        return new CookieOrigin(host, port, query < 0 ? path : path.substring(0, query), tls);
    }

    /** All that have not expired, those of a domain together. */
    synchronized List<Cookie> all() {
        return byDomain.values().stream()
                .flatMap(List::stream)
                .filter(cookie -> !cookie.isExpired(clock.instant()))
                .toList();
    }
}
