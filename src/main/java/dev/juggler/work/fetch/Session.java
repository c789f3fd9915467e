package dev.juggler.work.fetch;

import dev.juggler.access.Cookies;
import dev.juggler.access.DigestLogins;
import dev.juggler.access.Login;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * What a worker, or all that share a client, remember from one exchange for the next: cookies, and how servers want to be
 * told who asks. Nothing of it is made before a server begins with it. Safe for use by several threads.
 */
final class Session {
    private final boolean keeps;
    private final boolean digest;
    private volatile Cookies cookies;
    private volatile DigestLogins logins;

    /** Cookies that could not be judged yet, in the order they came. Guarded by itself. */
    private final Queue<Given> unjudged = new ArrayDeque<>();

    private volatile boolean behind;

    /** What a server set. */
    private record Given(Target target, List<String> values) {}

    /**
     * A session that begins.
     *
     * @param digest whether passwords are never sent themselves
     * @param cookies those that are there already, or null
     */
    Session(boolean keeps, boolean digest, Cookies cookies) {
        this.keeps = keeps;
        this.digest = digest;
        this.cookies = cookies;
    }

    /** Whether there are cookies that have to be judged, by {@link #catchUp()}, before the next request. */
    boolean isBehind() {
        return behind;
    }

    /** Judges the cookies that came; reads the list of public suffixes if need be, which blocks. */
    void catchUp() {
        synchronized (unjudged) {
            while (!unjudged.isEmpty()) {
                receive(unjudged.remove());
            }
            behind = false;
        }
    }

    /** The value of the Cookie header for a URL, or null. Blocks only while it {@link #isBehind}. */
    String cookiesFor(Target target) {
        if (behind) {
            catchUp();
        }
        Cookies known = cookies;
        Origin origin = target.origin();
        return known == null ? null : known.header(origin.tls(), origin.host(), origin.port(), target.path());
    }

    /** Takes the cookies of an answer. */
    void answered(Target target, Head head) {
        if (!keeps || head.headers().apply("set-cookie") == null) {
            return;
        }
        Given given = new Given(target, head.headers().all("set-cookie"));
        if (behind || Cookies.mustLoad(given.values())) {
            synchronized (unjudged) {
                unjudged.add(given);
                behind = true;
            }
        } else {
            receive(given);
        }
    }

    private void receive(Given given) {
        Origin origin = given.target().origin();
        known().received(
                        origin.tls(),
                        origin.host(),
                        origin.port(),
                        given.target().path(),
                        given.values());
    }

    private Cookies known() {
        if (cookies == null) {
            synchronized (this) {
                if (cookies == null) {
                    cookies = new Cookies();
                }
            }
        }
        return cookies;
    }

    /** The value of the Authorization header for a request of this user; null for none as yet. */
    String authorization(Target target, String method, Login login) {
        DigestLogins known = logins;
        String answer = known == null ? null : known.header(target.origin().url(), login, method, target.path());
        return answer != null || digest ? answer : login.basic();
    }

    /** Whether an answer that refused a request asks for a login by Digest that the next {@link #authorization} gives. */
    boolean challenged(Target target, Login login, Head head, boolean onlyStale) {
        List<String> values = head.headers().all("www-authenticate");
        return !values.isEmpty() && logins().challenged(target.origin().url(), login, values, onlyStale);
    }

    private synchronized DigestLogins logins() {
        if (logins == null) {
            logins = new DigestLogins();
        }
        return logins;
    }
}
