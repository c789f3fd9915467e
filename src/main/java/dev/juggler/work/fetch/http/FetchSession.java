package dev.juggler.work.fetch.http;

import dev.juggler.access.CookieStore;
import dev.juggler.access.DigestAuthenticator;
import dev.juggler.access.UserCredentials;
import dev.juggler.work.fetch.url.HttpUrl;
import dev.juggler.work.fetch.url.Origin;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Cookies and login challenges that one exchange passes to the next, of one worker or of all that share a client.
 * Allocates nothing before a server sets the first. Safe for use by several threads.
 */
public final class FetchSession {
    private final boolean keeps;
    private final boolean digest;
    private volatile @Nullable CookieStore cookies;
    private volatile @Nullable DigestAuthenticator logins;

    /** Cookies that are not checked yet, in order of arrival. Guarded by itself. */
    private final Queue<ReceivedCookies> unchecked = new ArrayDeque<>();

    private volatile boolean hasUnchecked;

    /** The Set-Cookie fields of one response. */
    private record ReceivedCookies(HttpUrl target, List<String> values) {}

    /**
     * Creates a session.
     *
     * @param keeps whether cookies are kept
     * @param digest whether only digests of passwords are sent, never passwords
     * @param cookies the initial cookies, or null
     */
    FetchSession(boolean keeps, boolean digest, @Nullable CookieStore cookies) {
        this.keeps = keeps;
        this.digest = digest;
        this.cookies = cookies;
    }

    /** Returns whether {@link #checkCookies()} must be called before the next request. */
    public boolean hasUncheckedCookies() {
        return hasUnchecked;
    }

    /** Checks the cookies received; blocks when the list of public suffixes has to be read. */
    public void checkCookies() {
        synchronized (unchecked) {
            while (!unchecked.isEmpty()) {
                store(unchecked.remove());
            }
            hasUnchecked = false;
        }
    }

    /** Returns the value of the Cookie header for a URL, or null. Blocks only if it {@link #hasUncheckedCookies}. */
    public @Nullable String cookiesFor(HttpUrl target) {
        if (hasUnchecked) {
            checkCookies();
        }
        CookieStore known = cookies;
        Origin origin = target.origin();
        return known == null ? null : known.header(origin.tls(), origin.host(), origin.port(), target.path());
    }

    /** Takes the cookies of a response; never blocks. */
    public void receiveCookies(HttpUrl target, ResponseHead head) {
        if (!keeps || head.headers().get("set-cookie") == null) {
            return;
        }
        ReceivedCookies received = new ReceivedCookies(target, head.headers().all("set-cookie"));
        if (hasUnchecked || CookieStore.needsPublicSuffixes(received.values())) {
            synchronized (unchecked) {
                unchecked.add(received);
                hasUnchecked = true;
            }
        } else {
            store(received);
        }
    }

    private void store(ReceivedCookies received) {
        Origin origin = received.target().origin();
        openCookies()
                .store(
                        origin.tls(),
                        origin.host(),
                        origin.port(),
                        received.target().path(),
                        received.values());
    }

    private CookieStore openCookies() {
        CookieStore known = cookies;
        return known == null ? createCookies() : known;
    }

    private synchronized CookieStore createCookies() {
        CookieStore known = cookies;
        if (known == null) {
            known = new CookieStore();
            cookies = known;
        }
        return known;
    }

    /** Returns the value of the Authorization header for a request; null for none, as before a Digest challenge. */
    public @Nullable String authorization(HttpUrl target, String method, UserCredentials login) {
        DigestAuthenticator known = logins;
        String answer = known == null ? null : known.header(target.origin().url(), login, method, target.path());
        return answer != null || digest ? answer : login.basic();
    }

    /**
     * Accepts the challenge of a response with status 401.
     *
     * @param onlyStale whether to answer only a nonce that the server calls stale, because the login itself was
     *     rejected before
     * @return whether it requires Digest authentication, which the next {@link #authorization} gives
     */
    public boolean acceptChallenge(HttpUrl target, UserCredentials login, ResponseHead head, boolean onlyStale) {
        List<String> values = head.headers().all("www-authenticate");
        return !values.isEmpty() && openLogins().acceptChallenge(target.origin().url(), login, values, onlyStale);
    }

    private synchronized DigestAuthenticator openLogins() {
        DigestAuthenticator known = logins;
        if (known == null) {
            known = new DigestAuthenticator();
            logins = known;
        }
        return known;
    }
}
