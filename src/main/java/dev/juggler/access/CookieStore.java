package dev.juggler.access;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.cookie.CookieIdentityComparator;
import org.apache.hc.client5.http.cookie.CookieOrigin;
import org.apache.hc.client5.http.cookie.CookiePathComparator;
import org.apache.hc.client5.http.cookie.CookieSpec;
import org.apache.hc.client5.http.cookie.MalformedCookieException;
import org.apache.hc.client5.http.impl.cookie.BasicClientCookie;
import org.apache.hc.client5.http.impl.cookie.RFC6265CookieSpecFactory;
import org.apache.hc.client5.http.impl.cookie.RFC6265CookieSpecFactory.CompatibilityLevel;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one session according to RFC 6265. Rejects cookies for a public suffix such as {@code co.uk}, or for a
 * host that the server does not belong to. Holds at most 50 cookies per domain and 3,000 in all; beyond that the oldest
 * are evicted.
 */
public final class CookieStore {
    private static final int MAX_COOKIES = 3_000;
    private static final int MAX_PER_DOMAIN = 50;
    private static final int MAX_LENGTH = 4_096;

    private final Clock clock;
    private final CookieSpec spec;

    /** Cookies by domain, the oldest first. */
    private final SequencedMap<String, List<Cookie>> byDomain = new LinkedHashMap<>();

    private int size;

    /** Cookies that are not checked yet, in order of arrival. Guarded by itself. */
    private final Queue<ReceivedCookies> pending = new ArrayDeque<>();

    private volatile boolean hasPending;

    /** The Set-Cookie fields of one response. */
    private record ReceivedCookies(CookieOrigin origin, List<String> values) {}

    /** Creates an empty store. */
    public CookieStore() {
        this(Clock.systemUTC());
    }

    CookieStore(Clock clock) {
        this.clock = clock;
        this.spec = new RFC6265CookieSpecFactory(CompatibilityLevel.RELAXED, null).create(null);
    }

    /**
     * Takes the cookies of a response; never blocks. Cookies that name a domain are only checked by
     * {@link #checkPending} while the list of public suffixes is not loaded, which takes a fifth of a second. Invalid
     * or unauthorized ones are ignored.
     *
     * @param host in lower case; an IPv6 address without brackets
     * @param path of the request, percent-encoded, with or without its query
     * @param values the values of its Set-Cookie headers
     */
    public void receive(boolean tls, String host, int port, String path, List<String> values) {
        ReceivedCookies received = new ReceivedCookies(origin(tls, host, port, path), values);
        if (hasPending || needsPublicSuffixes(values)) {
            synchronized (pending) {
                pending.add(received);
                hasPending = true;
            }
        } else {
            store(received);
        }
    }

    /** Returns whether received cookies wait for {@link #checkPending()}. */
    public boolean hasPending() {
        return hasPending;
    }

    /** Checks the cookies that wait; may block to load the list of public suffixes. */
    public void checkPending() {
        synchronized (pending) {
            while (!pending.isEmpty()) {
                store(pending.remove());
            }
            hasPending = false;
        }
    }

    private void store(ReceivedCookies received) {
        for (String value : received.values()) {
            if (value.length() <= MAX_LENGTH) {
                store(value, received.origin());
            }
        }
    }

    private void store(String value, CookieOrigin origin) {
        SetCookie field = SetCookie.parse(value);
        try {
            for (Cookie cookie : spec.parse(new BasicHeader("Set-Cookie", field.withoutInvalidAttributes()), origin)) {
                if (cookie instanceof BasicClientCookie parsed) {
                    // The library removes quotes, which belong to the value: RFC 6265, 5.2.
                    parsed.setValue(field.value());
                }
                spec.validate(cookie, origin);
                // A plain connection must not set the cookies of a secure one.
                boolean secure = origin.isSecure() || !cookie.isSecure();
                if (secure
                        && isSendable(cookie)
                        && CookiePrefix.isKept(cookie)
                        && !isForPublicSuffix(cookie, origin.getHost())) {
                    add(cookie);
                }
            }
        } catch (MalformedCookieException ignored) {
            // Ignored, as by every client: the response itself is valid.
            return;
        }
    }

    private static boolean isSendable(Cookie cookie) {
        String both = cookie.getName() + cookie.getValue();
        return both.chars().allMatch(c -> c >= ' ' && c != 127 && c < 256);
    }

    /** The ten thousand public suffix rules, loaded when the first cookie names a domain. */
    private static final class PublicSuffixes {
        private static final PublicSuffixMatcher ALL = PublicSuffixMatcherLoader.getDefault();

        static {
            suffixesAreRead = true;
        }
    }

    private static volatile boolean suffixesAreRead;

    private static boolean needsPublicSuffixes(List<String> values) {
        return !suffixesAreRead
                && values.stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("domain"));
    }

    /** Returns whether a cookie names a public suffix; the library alone checks no further than co.uk. */
    private static boolean isForPublicSuffix(Cookie cookie, String host) {
        return cookie.containsAttribute(Cookie.DOMAIN_ATTR)
                && !cookie.getDomain().equals(host)
                && PublicSuffixes.ALL.getDomainRoot(cookie.getDomain()) == null;
    }

    /** Replaces the cookie with the same name, domain and path; an expired cookie only removes it. */
    synchronized void add(Cookie cookie) {
        List<Cookie> domain = byDomain.computeIfAbsent(cookie.getDomain(), d -> new ArrayList<>());
        size -= domain.size();
        domain.removeIf(old -> CookieIdentityComparator.INSTANCE.compare(old, cookie) == 0);
        if (!cookie.isExpired(clock.instant())) {
            domain.add(cookie);
        }
        if (domain.size() > MAX_PER_DOMAIN) {
            domain.removeFirst();
        }
        size += domain.size();
        if (domain.isEmpty()) {
            byDomain.remove(cookie.getDomain());
        }
        while (size > MAX_COOKIES && !byDomain.isEmpty()) {
            size -= byDomain.remove(byDomain.firstEntry().getKey()).size();
        }
    }

    /**
     * Returns the value of the Cookie header for a request, or null. Longer paths come first. Parameters as in
     * {@link #receive}. Blocks only if it {@link #hasPending()}.
     */
    public @Nullable String header(boolean tls, String host, int port, String path) {
        if (hasPending) {
            checkPending();
        }
        return stored(tls, host, port, path);
    }

    private synchronized @Nullable String stored(boolean tls, String host, int port, String path) {
        if (byDomain.isEmpty()) {
            return null;
        }
        CookieOrigin origin = origin(tls, host, port, path);
        List<Cookie> matching = new ArrayList<>();
        for (@Nullable String domain = host; domain != null; domain = parent(domain)) {
            for (Cookie cookie : byDomain.getOrDefault(domain, List.of())) {
                if (!cookie.isExpired(clock.instant()) && spec.match(cookie, origin)) {
                    matching.add(cookie);
                }
            }
        }
        matching.sort(CookiePathComparator.INSTANCE);
        // The library would quote values, which servers do not recognize.
        return matching.isEmpty()
                ? null
                : matching.stream()
                        .map(cookie -> cookie.getName() + "=" + Objects.requireNonNullElse(cookie.getValue(), ""))
                        .collect(Collectors.joining("; "));
    }

    private static @Nullable String parent(String domain) {
        int dot = domain.indexOf('.');
        return dot < 0 ? null : domain.substring(dot + 1);
    }

    private static CookieOrigin origin(boolean tls, String host, int port, String path) {
        int query = path.indexOf('?');
        return new CookieOrigin(host, port, query < 0 ? path : path.substring(0, query), tls);
    }

    /** Returns all cookies that have not expired, grouped by domain. */
    List<Cookie> all() {
        if (hasPending) {
            checkPending();
        }
        return unexpired();
    }

    private synchronized List<Cookie> unexpired() {
        return byDomain.values().stream()
                .flatMap(List::stream)
                .filter(cookie -> !cookie.isExpired(clock.instant()))
                .toList();
    }
}
