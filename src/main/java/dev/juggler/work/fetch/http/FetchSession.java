package dev.juggler.work.fetch.http;

import dev.juggler.access.CookieStore;
import dev.juggler.access.DigestAuthenticator;
import dev.juggler.access.UserCredentials;
import dev.juggler.work.fetch.url.HttpUrl;
import dev.juggler.work.fetch.url.Origin;
import java.util.List;
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
        CookieStore known = cookies;
        return known != null && known.hasPending();
    }

    /** Checks the cookies received; blocks when the list of public suffixes has to be read. */
    public void checkCookies() {
        CookieStore known = cookies;
        if (known != null) {
            known.checkPending();
        }
    }

    /** Returns the value of the Cookie header for a URL, or null. Blocks only if it {@link #hasUncheckedCookies}. */
    public @Nullable String cookiesFor(HttpUrl target) {
        CookieStore known = cookies;
        Origin origin = target.origin();
        return known == null ? null : known.header(origin.tls(), origin.host(), origin.port(), target.path());
    }

    /** Takes the cookies of a response; never blocks. */
    public void receiveCookies(HttpUrl target, ResponseHead head) {
        if (keeps && head.headers().get("set-cookie") != null) {
            Origin origin = target.origin();
            openCookies()
                    .receive(
                            origin.tls(),
                            origin.host(),
                            origin.port(),
                            target.path(),
                            head.headers().all("set-cookie"));
        }
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
