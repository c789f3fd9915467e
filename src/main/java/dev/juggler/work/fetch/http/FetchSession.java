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
 * What a worker, or all that share a client, remember from one exchange for the next: cookies, and how servers want to be
 * told who asks. Nothing of it is made before a server begins with it. Safe for use by several threads.
 */
public final class FetchSession {
    private final boolean keeps;
    private final boolean digest;
    private volatile CookieStore cookies;
    private volatile DigestAuthenticator logins;

    /** Cookies that could not be judged yet, in the order they came. Guarded by itself. */
    private final Queue<ReceivedCookie> unjudged = new ArrayDeque<>();

    private volatile boolean behind;

    /** What a server set. */
    private record ReceivedCookie(HttpUrl target, List<String> values) {}

    /**
     * A session that begins.
     *
     * @param digest whether passwords are never sent themselves
     * @param cookies those that are there already, or null
     */
    FetchSession(boolean keeps, boolean digest, CookieStore cookies) {
        this.keeps = keeps;
        this.digest = digest;
        this.cookies = cookies;
    }

    /** Whether there are cookies that have to be judged, by {@link #catchUp()}, before the next request. */
    public boolean isBehind() {
        return behind;
    }

    /** Judges the cookies that came; reads the list of public suffixes if need be, which blocks. */
    public void catchUp() {
        synchronized (unjudged) {
            while (!unjudged.isEmpty()) {
                receive(unjudged.remove());
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

    /** Takes the cookies of an answer. */
    public void answered(HttpUrl target, ResponseHead head) {
        if (!keeps || head.headers().apply("set-cookie") == null) {
            return;
        }
        ReceivedCookie given = new ReceivedCookie(target, head.headers().all("set-cookie"));
        if (behind || CookieStore.needsPublicSuffixes(given.values())) {
            synchronized (unjudged) {
                unjudged.add(given);
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

    /** The value of the Authorization header for a request of this user; null for none as yet. */
    public String authorization(HttpUrl target, String method, UserCredentials login) {
        DigestAuthenticator known = logins;
        String answer = known == null ? null : known.header(target.origin().url(), login, method, target.path());
        return answer != null || digest ? answer : login.basic();
    }

    /** Whether an answer that refused a request asks for a login by Digest that the next {@link #authorization} gives. */
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
