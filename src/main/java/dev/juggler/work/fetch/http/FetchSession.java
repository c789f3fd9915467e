package dev.juggler.work.fetch.http;

import dev.juggler.access.CookieStore;
import dev.juggler.access.DigestAuthenticator;
import dev.juggler.access.UserCredentials;
import dev.juggler.work.fetch.url.HttpUrl;
import dev.juggler.work.fetch.url.Origin;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The cookies and login challenges that one exchange leaves for the next, of one worker or of all that share a client.
 * Nothing is allocated before a server sets the first. Safe for use by several threads.
 */
public final class FetchSession {
    private final boolean keeps;
    private final boolean digest;
    private volatile CookieStore cookies;
    private volatile DigestAuthenticator logins;

    /** Cookies that could not be checked yet, in the order they came. Guarded by itself. */
    private final Queue<ReceivedCookie> unchecked = new ArrayDeque<>();

    private volatile boolean behind;

    /** The Set-Cookie fields of one response. */
    private record ReceivedCookie(HttpUrl target, List<String> values) {}

    /**
     * Creates a session.
     *
     * @param keeps whether cookies are kept
     * @param digest whether only digests of passwords are sent, never passwords
     * @param cookies the cookies to begin with, or null
     */
    FetchSession(boolean keeps, boolean digest, CookieStore cookies) {
        this.keeps = keeps;
        this.digest = digest;
        this.cookies = cookies;
    }

    /** Returns whether cookies have to be checked, by {@link #catchUp()}, before the next request. */
    public boolean isBehind() {
        return behind;
    }

    /** Checks the cookies that came; blocks where it has to read the list of public suffixes. */
    public void catchUp() {
        synchronized (unchecked) {
            while (!unchecked.isEmpty()) {
                receive(unchecked.remove());
            }
            behind = false;
        }
    }

    /** The value of the Cookie header for a URL, or null. Blocks only while it {@link #isBehind}. */
    public String cookiesFor(HttpUrl target) {
        if (behind) {
            catchUp();
        }
        CookieStore known = cookies;
        Origin origin = target.origin();
        return known == null ? null : known.header(origin.tls(), origin.host(), origin.port(), target.path());
    }

    /** Takes the cookies of a response; never blocks. */
    public void answered(HttpUrl target, ResponseHead head) {
        if (!keeps || head.headers().apply("set-cookie") == null) {
            return;
        }
        ReceivedCookie given = new ReceivedCookie(target, head.headers().all("set-cookie"));
        if (behind || CookieStore.needsPublicSuffixes(given.values())) {
            synchronized (unchecked) {
                unchecked.add(given);
                behind = true;
            }
        } else {
            receive(given);
        }
    }

    private void receive(ReceivedCookie given) {
        Origin origin = given.target().origin();
        known().store(origin.tls(), origin.host(), origin.port(), given.target().path(), given.values());
    }

    private CookieStore known() {
        if (cookies == null) {
            synchronized (this) {
                if (cookies == null) {
                    cookies = new CookieStore();
                }
            }
        }
        return cookies;
    }

    /** The value of the Authorization header for a request; null for none, as before a challenge by Digest. */
    public String authorization(HttpUrl target, String method, UserCredentials login) {
        DigestAuthenticator known = logins;
        String answer = known == null ? null : known.header(target.origin().url(), login, method, target.path());
        return answer != null || digest ? answer : login.basic();
    }

    /**
     * Takes the challenge of a response with status 401.
     *
     * @param onlyStale whether only a nonce that the server calls stale is answered: the login itself was refused
     *     before
     * @return whether it asks for a login by Digest, which the next {@link #authorization} gives
     */
    public boolean challenged(HttpUrl target, UserCredentials login, ResponseHead head, boolean onlyStale) {
        List<String> values = head.headers().all("www-authenticate");
        return !values.isEmpty() && logins().acceptChallenge(target.origin().url(), login, values, onlyStale);
    }

    private synchronized DigestAuthenticator logins() {
        if (logins == null) {
            logins = new DigestAuthenticator();
        }
        return logins;
    }
}
